package dev.pharos.watch;

import dev.pharos.health.Happening;
import java.util.Collection;

/** What follows for the fleet when our sight is lost or comes back. */
final class Weather implements Horizon.Consequences {
  private final Roster roster;
  private final DueQueue queue;
  private final Chronicle chronicle;
  private final Knocks knocks;
  private final Announcer announcer;

  Weather(Roster roster, DueQueue queue, Chronicle chronicle, Knocks knocks, Announcer announcer) {
    this.roster = roster;
    this.queue = queue;
    this.chronicle = chronicle;
    this.knocks = knocks;
    this.announcer = announcer;
  }

  @Override
  public void blinded() {
    knocks.pause(true);
    announcer.say(
        "blind", "the network of the monitor is down: nothing is known of remote servers");
    boolean hurry = false;
    for (Post post : roster.all()) {
      synchronized (post) {
        if (post.place.remote() && !post.memory.blind() && !post.gone) {
          hurry |= chronicle.happened(post, new Happening.Blinded(), "blind");
          queue.due(post.id, post.nextDue, post.interval);
        }
      }
    }
    chronicle.hurry(hurry);
  }

  @Override
  public void sighted() {
    knocks.pause(false);
    announcer.say("live", "the network of the monitor works again");
    Collection<Post> all = roster.all();
    boolean hurry = false;
    for (Post post : all) {
      synchronized (post) {
        if (post.memory.blind() && !post.gone) {
          hurry |=
              chronicle.happened(post, new Happening.Sighted(), Cause.RECOVERY.wire(), all.size());
          queue.due(post.id, post.nextDue, post.interval);
        }
      }
    }
    chronicle.hurry(hurry);
  }
}
