package dev.pharos.health;

import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.Flip;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.SpanState;
import dev.pharos.trace.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A memory on its way through one step. Not thread-safe: it belongs to that step. */
final class Draft {
  final HealthMemory before;
  final HealthSettings settings;
  final Instant now;
  private final List<Change> changes = new ArrayList<>();
  private Instant moment;
  private Health health;
  private Instant since;
  private @Nullable Failure reason;
  int failuresInRow;
  @Nullable Instant firstFailureAt;
  int successesInRow;
  @Nullable Instant firstSuccessAt;
  Duration pace;
  CircuitState circuit;
  Instant circuitSince;
  int failureCycles;
  @Nullable Instant autoDisabledAt;
  @Nullable String autoDisabledReason;
  @Nullable Instant lastLookAt;
  long errorCount;
  boolean active;
  boolean maintenance;
  boolean blind;

  Draft(HealthMemory before, HealthSettings settings, Instant now) {
    this.before = before;
    this.settings = settings;
    this.now = now;
    moment = now;
    health = before.health();
    since = before.since();
    reason = before.reason();
    failuresInRow = before.failuresInRow();
    firstFailureAt = before.firstFailureAt();
    successesInRow = before.successesInRow();
    firstSuccessAt = before.firstSuccessAt();
    pace = before.pace();
    circuit = before.circuit();
    circuitSince = before.circuitSince();
    failureCycles = before.failureCycles();
    autoDisabledAt = before.autoDisabledAt();
    autoDisabledReason = before.autoDisabledReason();
    lastLookAt = before.lastLookAt();
    errorCount = before.errorCount();
    active = before.active();
    maintenance = before.maintenance();
    blind = before.blind();
  }

  Health health() {
    return health;
  }

  Instant since() {
    return since;
  }

  @Nullable Failure reason() {
    return reason;
  }

  /** Whether it failed, and too few looks have confirmed it. */
  boolean suspected() {
    return failuresInRow > 0 && health != Health.UNHEALTHY;
  }

  void changed(Change change) {
    changes.add(change);
  }

  /**
   * Says what the health is now; when that is news, it began with its first evidence, but not
   * before what was so far.
   */
  void turn(Health to, Instant evidence, @Nullable Failure why) {
    reason = why;
    if (to == health) {
      return;
    }
    Instant at = later(evidence.isAfter(now) ? now : evidence, later(since, before.spanSince()));
    changes.add(new Change.Status(health, to, at, why));
    health = to;
    since = at;
    moment = at;
  }

  /** What was seen speaks for nothing any more: the health is what the next look says. */
  void forget() {
    turn(Health.UNKNOWN, now, null);
    since = later(since, now);
    failuresInRow = 0;
    firstFailureAt = null;
    successesInRow = 0;
    firstSuccessAt = null;
  }

  Step toStep(@Nullable Instant nextDue, boolean knock) {
    HealthMemory same = memory(before.spanSince());
    SpanState from = before.span();
    SpanState to = same.span();
    if (from == to) {
      return new Step(same, changes, null, nextDue, knock);
    }
    Instant at = later(moment, before.spanSince());
    return new Step(memory(at), changes, new Flip(from, to, at, why(to)), nextDue, knock);
  }

  private @Nullable Failure why(SpanState state) {
    return switch (state) {
      case DEGRADED, UNHEALTHY, INACTIVE -> reason;
      case UNKNOWN, HEALTHY, BLIND, MAINTENANCE -> null;
    };
  }

  private HealthMemory memory(Instant spanSince) {
    return new HealthMemory(
        health,
        since,
        spanSince,
        reason,
        failuresInRow,
        firstFailureAt,
        successesInRow,
        firstSuccessAt,
        pace,
        circuit,
        circuitSince,
        failureCycles,
        autoDisabledAt,
        autoDisabledReason,
        lastLookAt,
        errorCount,
        active,
        maintenance,
        blind);
  }

  static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
