package dev.pharos.watch;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Outcome;
import dev.pharos.health.Change;
import dev.pharos.health.HealthSettings;
import dev.pharos.health.Step;
import dev.pharos.trace.Failure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From what a step changed to what the world is told. Pure. */
final class Tidings {
  private Tidings() {}

  /**
   * The events of a step.
   *
   * @param seen with the look of this step, if there was one
   */
  static List<FleetEvent> events(String name, Step step, LastSeen seen, HealthSettings settings) {
    return step.changes().stream()
        .map(change -> event(name, step, change, seen, settings))
        .toList();
  }

  private static FleetEvent event(
      String name, Step step, Change change, LastSeen seen, HealthSettings settings) {
    return switch (change) {
      case Change.Status status ->
          new FleetEvent.StatusChanged(
              status.at(),
              name,
              status.from(),
              status.to(),
              status.reason(),
              tools(seen),
              seen.responseMicros(),
              step.memory().errorCount());
      case Change.Circuit circuit ->
          new FleetEvent.CircuitChanged(
              circuit.at(),
              name,
              circuit.from(),
              circuit.to(),
              circuit.failureCount(),
              settings.failureThreshold(),
              circuit.failureCycles(),
              circuit.message());
      case Change.AutoDisabled given ->
          new FleetEvent.AutoDisabled(given.at(), name, given.reason(), given.failureCycles());
      case Change.AutoEnabled back ->
          new FleetEvent.AutoEnabled(back.at(), name, back.reason(), back.failureCycles());
    };
  }

  /** What the feed is told of a look; null when no other look is due. */
  static FleetEvent.@Nullable Checked checked(
      String name, Step step, LastSeen seen, Outcome outcome) {
    Instant next = seen.nextCheckAt();
    return next == null
        ? null
        : new FleetEvent.Checked(
            outcome.seen().checkedAt(),
            name,
            step.memory().health(),
            next,
            seen.responseMicros(),
            tools(seen),
            error(outcome));
  }

  private static @Nullable Failure error(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Impaired impaired -> impaired.reason();
      case Outcome.Failed failed -> failed.reason();
      case Outcome.Passed _, Outcome.Inconclusive _ -> null;
    };
  }

  private static @Nullable Integer tools(LastSeen seen) {
    int tools = seen.counts().tools();
    return tools < 0 ? null : tools;
  }
}
