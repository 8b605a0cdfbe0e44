package dev.pharos.watch;

import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Standing;
import dev.pharos.health.Happening;
import dev.pharos.health.HealthSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What people do to servers, while the watch looks at them. Thread-safe. */
final class Orders {
  private final WatchPorts ports;
  private final Times times;
  private final DueQueue queue;
  private final Roster roster;
  private final Chronicle chronicle;
  private final Looking looking;

  Orders(
      WatchPorts ports,
      Times times,
      DueQueue queue,
      Roster roster,
      Chronicle chronicle,
      Looking looking) {
    this.ports = ports;
    this.times = times;
    this.queue = queue;
    this.roster = roster;
    this.chronicle = chronicle;
    this.looking = looking;
  }

  /** Something that happened, applied to one server. */
  Optional<Standing> apply(String name, Happening happening, Cause ask, String cause) {
    Post post = roster.get(name);
    return post == null ? Optional.empty() : Optional.of(apply(post, happening, ask, cause));
  }

  private Standing apply(Post post, Happening happening, Cause ask, String cause) {
    Aftermath after = new Aftermath();
    Standing standing;
    synchronized (post) {
      fold(post, happening, cause, after);
      ask(post, ask);
      standing = post.standing();
    }
    after(post, after);
    return standing;
  }

  /** What is left to do when the post's monitor is let go. */
  private static final class Aftermath {
    boolean hurry;
    Eye.@Nullable Sight unneeded;
    List<CompletableFuture<CheckResult>> inVain = List.of();
  }

  private void after(Post post, Aftermath after) {
    chronicle.hurry(after.hurry);
    Eye.Sight unneeded = after.unneeded;
    if (unneeded != null) {
      ports.pulse().run(() -> looking.close(post, unneeded));
    }
    after.inVain.forEach(waiter -> waiter.cancel(false));
  }

  private void fold(Post post, Happening happening, String cause, Aftermath after) {
    after.hurry |= chronicle.happened(post, happening, cause);
    if (!post.memory.active() && post.sight != null) {
      after.unneeded = post.letGo();
    }
    if (happening instanceof Happening.Disabled) {
      after.inVain = post.takeWaiters();
    }
  }

  private void ask(Post post, Cause cause) {
    if (post.nextDue == Times.NEVER) {
      queue.never(post.id);
    } else {
      queue.ask(post.id, times.now(), cause);
    }
  }

  /** The definition was edited. */
  Optional<Standing> changed(Server edited) {
    Post post = roster.get(edited.id());
    if (post == null) {
      return Optional.empty();
    }
    Aftermath after = new Aftermath();
    Standing standing;
    synchronized (post) {
      edit(post, edited, after);
      standing = post.standing();
    }
    after(post, after);
    return Optional.of(standing);
  }

  private void edit(Post post, Server edited, Aftermath after) {
    Server before = post.server;
    post.server = edited;
    roster.renamed(post.id, before.spec().name(), edited.spec().name());
    boolean asks = !before.spec().overrides().equals(edited.spec().overrides());
    boolean active = edited.status() == AdminStatus.ACTIVE;
    if (active != post.memory.active() && edited.status() != before.status()) {
      asks = true;
      fold(
          post,
          active ? new Happening.Enabled() : new Happening.Disabled(),
          active ? Cause.ENABLED.wire() : "disabled",
          after);
    }
    if (edited.maintenance() != post.memory.maintenance()) {
      asks = true;
      fold(
          post,
          edited.maintenance()
              ? new Happening.MaintenanceBegan()
              : new Happening.MaintenanceEnded(),
          "maintenance",
          after);
    }
    // Last: what it writes says whether the server is active, which is decided above.
    if (!sameTarget(before.spec(), edited.spec())) {
      asks = true;
      post.place = Place.of(edited.spec().transport());
      queue.move(post.id, post.place);
      Eye.Sight old = post.letGo(); // null where the fold above has let it go
      after.unneeded = old == null ? after.unneeded : old;
      fold(post, new Happening.Edited(), Cause.EDITED.wire(), after);
    }
    post.remember(post.memory);
    if (asks) {
      ask(post, Cause.EDITED);
    }
  }

  private static boolean sameTarget(ServerSpec one, ServerSpec other) {
    return one.transport().equals(other.transport())
        && one.credentials().equals(other.credentials())
        && one.headers().equals(other.headers())
        && one.timeout().equals(other.timeout())
        && one.expect() == other.expect()
        && one.era() == other.era();
  }

  /** The server is gone. */
  void remove(ServerId id) {
    Post post = roster.remove(id);
    queue.remove(id);
    if (post != null) {
      after(post, leave(post));
    }
  }

  private Aftermath leave(Post post) {
    Aftermath after = new Aftermath();
    synchronized (post) {
      post.gone = true;
      post.nextDue = Times.NEVER;
      after.unneeded = post.letGo();
      after.inVain = post.takeWaiters();
    }
    return after;
  }

  /** Lets go of a server for good; returns what is left to do, which may block, or null. */
  @Nullable Runnable ending(Post post) {
    Aftermath after = leave(post);
    after.inVain.forEach(waiter -> waiter.cancel(false));
    Eye.Sight sight = after.unneeded;
    return sight == null ? null : () -> looking.close(post, sight);
  }

  /** Brings forward what is due later than other settings allow, without making a herd of it. */
  void hasten(WatchSettings settings) {
    for (Post post : roster.all()) {
      synchronized (post) {
        long most = longest(post, post.settings(settings));
        if (post.memory.active()
            && post.nextDue != Times.NEVER
            && post.nextDue - times.now() > most) {
          post.interval = most;
          post.nextDue = times.now() + (long) (Spread.share(post.id) * most);
          queue.due(post.id, post.nextDue, most);
        }
      }
    }
  }

  private static long longest(Post post, HealthSettings own) {
    Duration interval =
        !own.adaptive()
            ? own.interval()
            : switch (post.memory.health()) {
              case UNKNOWN -> own.interval();
              case HEALTHY ->
                  post.sight != null && post.sight.watched()
                      ? own.watchedInterval()
                      : own.interval();
              case DEGRADED -> own.degradedInterval();
              case UNHEALTHY ->
                  post.memory.circuit() == CircuitState.CLOSED
                      ? own.unhealthyInterval()
                      : own.maxOpenInterval();
            };
    return interval.toNanos();
  }

  /** Asks for a look now; null when the server is not known. */
  @Nullable CompletableFuture<CheckResult> check(@Nullable Post post) {
    if (post == null) {
      return null;
    }
    CompletableFuture<CheckResult> result = new CompletableFuture<>();
    synchronized (post) {
      if (post.gone) {
        return null;
      }
      post.await(result);
    }
    queue.ask(post.id, times.now(), Cause.RELOAD);
    return result;
  }
}
