package dev.pharos.watch;

import dev.pharos.fleet.ServerId;
import dev.pharos.probe.WatchListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Holds streams and processes, so that their end is heard at once. Thread-safe. */
final class Holds {
  private final Times times;
  private final DueQueue queue;
  private final Tally tally;
  private final Set<ServerId> streams = ConcurrentHashMap.newKeySet();
  private final Set<ServerId> processes = ConcurrentHashMap.newKeySet();
  private volatile int max;

  Holds(Times times, DueQueue queue, Tally tally, WatchSettings settings) {
    this.times = times;
    this.queue = queue;
    this.tally = tally;
    this.max = settings.maxHeld();
  }

  void obey(WatchSettings settings) {
    max = settings.maxHeld();
  }

  int count() {
    return streams.size() + processes.size();
  }

  /** Nothing of the server is held any more. */
  void letGo(ServerId id) {
    streams.remove(id);
    processes.remove(id);
  }

  /** Whether what a server offers is held, as its session says. */
  boolean holds(Post post, Eye.Sight sight) {
    boolean held = sight.watched();
    if (!held) {
      letGo(post.id);
    }
    return held;
  }

  /** Tries to hold on to a server that is well; blocks for a few seconds at most. */
  void hold(Post post, Eye.Sight sight) {
    boolean process;
    synchronized (post) {
      if (!post.sees(sight) || post.unwatchable) {
        return;
      }
      process = post.place.child();
      post.habit.held(times.now());
    }
    Set<ServerId> kind = process ? processes : streams;
    Hearing hearing = new Hearing(post, sight);
    if (sight.watched()) {
      return;
    }
    if (!process && streams.size() >= max) {
      sight.heed(hearing); // which needs no handle beside the session's own
      return;
    }
    // Its place is taken before: a stream that ends at once gives it back.
    kind.add(post.id);
    if (!sight.watch(hearing)) {
      kind.remove(post.id);
      refused(post, sight);
    }
  }

  private static void refused(Post post, Eye.Sight sight) {
    synchronized (post) {
      post.unwatchable |= post.sees(sight);
    }
  }

  /** Hears what one session tells; a session that was replaced tells nothing more. */
  private final class Hearing implements WatchListener {
    private final Post post;
    private final Eye.Sight sight;

    Hearing(Post post, Eye.Sight sight) {
      this.post = post;
      this.sight = sight;
    }

    @Override
    public void ended(String detail) {
      tally.endsHeard.increment();
      long due;
      synchronized (post) {
        if (!post.sees(sight)) {
          return;
        }
        letGo(post.id);
        due = post.habit.ended(times.now());
      }
      queue.ask(post.id, due, Cause.WATCH);
    }

    @Override
    public void idleEnded(String detail) {
      long due;
      synchronized (post) {
        if (!post.sees(sight)) {
          return;
        }
        due = post.idleHabit.ended(times.now());
      }
      if (due != Times.NEVER) {
        tally.endsHeard.increment();
        queue.ask(post.id, due, Cause.WATCH);
      }
    }

    @Override
    public void listChanged(String list) {
      long due;
      synchronized (post) {
        if (!post.sees(sight)) {
          return;
        }
        due = post.agenda.hint(times.now());
      }
      queue.ask(post.id, due, Cause.WATCH);
    }
  }
}
