package dev.pharos.http;

import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.ServerInfo;
import dev.pharos.health.Happening;
import dev.pharos.health.HealthFold;
import dev.pharos.health.HealthSettings;
import dev.pharos.trace.Certificate;
import dev.pharos.trace.Era;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import dev.pharos.trace.TransportKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Canned looks and what follows from them. */
final class Seen {
  static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  static final Facts FACTS =
      new Facts(
          TransportKind.STREAMABLE_HTTP,
          Era.SESSION,
          "2025-11-25",
          new ServerInfo("everything", null, "2.0.0"),
          null,
          "{}",
          null,
          new Certificate("CN=a", "CN=b", NOW.plus(Duration.ofDays(30))),
          NOW.plus(Duration.ofMinutes(42)));

  private Seen() {}

  static Observation observation() {
    return new Observation(
        NOW,
        43_210,
        List.of(new StageTime(Stage.DNS, 410), new StageTime(Stage.LIST, 9_500)),
        FACTS,
        new Counts(13, 4, 7, 1),
        Capabilities.NONE,
        true,
        12_345,
        List.of(),
        null);
  }

  static Outcome passed() {
    return new Outcome.Passed(observation());
  }

  static Outcome refused(String message) {
    return new Outcome.Failed(observation(), refusal(message));
  }

  static Failure refusal(String message) {
    return new Failure(Stage.CONNECT, FailureKind.REFUSED, message);
  }

  static LastSeen lastSeen() {
    return new LastSeen(FACTS, new Counts(13, 4, 7, 1), 43_210L, NOW, NOW.plusSeconds(60));
  }

  /** The memory after looks in a row. */
  static HealthMemory after(Instant from, Outcome... outcomes) {
    HealthMemory memory = HealthMemory.fresh(from);
    Instant now = from;
    for (Outcome outcome : outcomes) {
      now = now.plusSeconds(1);
      memory =
          HealthFold.step(
                  memory, new Happening.Looked(outcome, false, true), HealthSettings.DEFAULT, now)
              .memory();
    }
    return memory;
  }
}
