package dev.pharos.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Flip;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Outcome;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happens to one server, told in seconds since it was registered. */
final class Story {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  final Tuning tuning = new Tuning();
  final List<Flip> flips = new ArrayList<>();
  final List<Change> changes = new ArrayList<>();
  HealthMemory memory = HealthMemory.fresh(START);
  Instant now = START;
  boolean watched;
  boolean canAutoEnable = true;
  private @Nullable Step last;

  static Instant at(double seconds) {
    return START.plus(Duration.ofNanos(Math.round(seconds * 1e9)));
  }

  /** A server that was seen healthy at second 0 and is long settled. */
  static Story healthy() {
    Story story = new Story();
    story.passes(0);
    for (int look = 1; look <= 5; look++) {
      story.passes(look * 10);
    }
    return story.fromHereOn();
  }

  /** A server that failed at seconds 100 and 102, and was healthy before. */
  static Story unhealthy(FailureKind kind) {
    Story story = healthy();
    story.fails(100, kind);
    story.fails(102, kind);
    return story.fromHereOn();
  }

  /** Forgets what was recorded so far. */
  Story fromHereOn() {
    flips.clear();
    changes.clear();
    return this;
  }

  Step happens(double second, Happening happening) {
    now = at(second);
    Step step = HealthFold.step(memory, happening, tuning.settings(), now);
    memory = step.memory();
    if (step.flip() != null) {
      flips.add(step.flip());
    }
    changes.addAll(step.changes());
    last = step;
    return step;
  }

  /** A look without duration. */
  Step looks(double second, Function<Instant, Outcome> outcome) {
    return happens(second, new Happening.Looked(outcome.apply(at(second)), watched, canAutoEnable));
  }

  /** A look that begins at one moment and ends at another. */
  Step looks(double begin, double end, Outcome outcome) {
    return happens(end, new Happening.Looked(outcome, watched, canAutoEnable));
  }

  Step passes(double second) {
    return looks(second, Sights::passed);
  }

  Step fails(double second, FailureKind kind) {
    return looks(second, begin -> Sights.failed(begin, kind));
  }

  /** Looks whenever one is due, until a moment; gives the last step. */
  Step follows(double until, BiFunction<Instant, Story, Outcome> outcome) {
    Step step = step();
    Instant end = at(until);
    Instant due = step.nextDue();
    int looks = 0;
    while (due != null && !due.isAfter(end)) {
      assertThat(looks++).as("looks without pause").isLessThan(10_000);
      double second = Duration.between(START, due).toNanos() / 1e9;
      step = looks(second, begin -> outcome.apply(begin, this));
      due = step.nextDue();
    }
    return step;
  }

  Step step() {
    return Objects.requireNonNull(last);
  }

  /** Seconds from now to the next due time. */
  double wait(Step step) {
    Instant due = Objects.requireNonNull(step.nextDue(), "nothing is due");
    return Duration.between(now, due).toNanos() / 1e9;
  }

  /** The changes of health as {@code from>to@second}. */
  List<String> statuses() {
    return changes.stream()
        .filter(Change.Status.class::isInstance)
        .map(Change.Status.class::cast)
        .map(each -> each.from().wire() + ">" + each.to().wire() + second(each.at()))
        .toList();
  }

  List<String> spanFlips() {
    return flips.stream()
        .map(each -> each.from().wire() + ">" + each.to().wire() + second(each.at()))
        .toList();
  }

  List<String> circuits() {
    return changes.stream()
        .filter(Change.Circuit.class::isInstance)
        .map(Change.Circuit.class::cast)
        .map(each -> each.from().wire() + ">" + each.to().wire() + second(each.at()))
        .toList();
  }

  Health health() {
    return memory.health();
  }

  private static String second(Instant at) {
    double seconds = Duration.between(START, at).toNanos() / 1e9;
    return seconds == Math.rint(seconds) ? "@" + (long) seconds : "@" + seconds;
  }
}
