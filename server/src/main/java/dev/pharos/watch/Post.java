package dev.pharos.watch;

import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.health.HealthSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One server as the watch knows it. Guarded by itself: whoever reads or writes holds its monitor,
 * never while anything blocks. What is not private is meant so.
 */
final class Post {
  final ServerId id;
  final Agenda agenda;
  final Habit habit = new Habit();
  final IdleHabit idleHabit = new IdleHabit();
  Server server;
  Place place;
  HealthMemory memory;
  LastSeen seen;

  /** What it is looked at with; null until the first look, and after it was closed. */
  Eye.@Nullable Sight sight;

  /** Whether it is no more to be looked at: removed, or the watch is closed. */
  boolean gone;

  /** Whether the present session offered nothing to hold. */
  boolean unwatchable;

  /** When it is due next, and how long after the look before. */
  long nextDue = Times.NEVER;

  long interval;

  /** Who waits for the next look that begins. */
  private List<CompletableFuture<CheckResult>> waiters = new ArrayList<>(0);

  Post(Standing standing) {
    this.id = standing.server().id();
    this.agenda = new Agenda(id);
    this.server = standing.server();
    this.place = Place.of(server.spec().transport());
    this.memory = standing.memory();
    this.seen = standing.seen();
  }

  Standing standing() {
    return new Standing(server, memory, seen);
  }

  HealthSettings settings(WatchSettings fleet) {
    return fleet.health().with(server.spec().overrides());
  }

  /** Takes over what the fold says, also where the definition repeats it. */
  void remember(HealthMemory now) {
    memory = now;
    AdminStatus status = now.active() ? AdminStatus.ACTIVE : AdminStatus.INACTIVE;
    boolean follows = server.status() != status;
    if (follows || server.maintenance() != now.maintenance()) {
      server =
          new Server(
              id,
              server.spec(),
              status,
              server.managedBy(),
              now.maintenance(),
              server.createdAt(),
              server.updatedAt(),
              // As the store has it, where an edit of what was read before is to be refused.
              follows ? server.version() + 1 : server.version());
    }
  }

  /** Whether that is what it is looked at with now. */
  boolean sees(Eye.Sight with) {
    return with.equals(sight);
  }

  /** Gives up what it is looked at with; the caller closes it, without holding the monitor. */
  Eye.@Nullable Sight letGo() {
    Eye.Sight old = sight;
    sight = null;
    unwatchable = false;
    agenda.reset();
    return old;
  }

  void await(CompletableFuture<CheckResult> waiter) {
    waiters.add(waiter);
  }

  List<CompletableFuture<CheckResult>> takeWaiters() {
    List<CompletableFuture<CheckResult>> taken = waiters;
    waiters = new ArrayList<>(0);
    return taken;
  }
}
