package dev.pharos.cli;

import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.ServerInfo;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.trace.Certificate;
import dev.pharos.trace.Era;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Finding;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import dev.pharos.trace.TransportKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Canned looks. */
final class Looks {
  static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
  static final Target TARGET =
      Target.of(
          "http://localhost:3001/mcp",
          new Transport.Http(URI.create("http://localhost:3001/mcp"), TransportChoice.AUTO));

  private Looks() {}

  static Outcome healthy() {
    return new Outcome.Passed(seen(facts("everything"), List.of()));
  }

  static Outcome called(String name, List<Finding> findings) {
    return new Outcome.Passed(seen(facts(name), findings));
  }

  static Outcome degraded() {
    return new Outcome.Impaired(
        seen(
            facts("everything"),
            List.of(new Finding(FindingKind.NO_SESSION, "the server offers no session id"))),
        new Failure(Stage.LIST, FailureKind.LIST_ERROR, "prompts/list answered with error -32603"));
  }

  static Outcome refused(String message) {
    return new Outcome.Failed(
        new Observation(
            NOW,
            3_140,
            List.of(new StageTime(Stage.DNS, 140), new StageTime(Stage.CONNECT, 3_000)),
            Facts.NONE,
            Counts.UNKNOWN,
            null,
            true,
            0,
            List.of(),
            null),
        new Failure(Stage.CONNECT, FailureKind.REFUSED, message));
  }

  static Outcome limited() {
    return new Outcome.Failed(
        new Observation(
            NOW,
            1_500_000,
            List.of(new StageTime(Stage.HTTP, 1_500_000)),
            Facts.NONE,
            Counts.UNKNOWN,
            null,
            true,
            0,
            List.of(),
            Duration.ofSeconds(30)),
        new Failure(Stage.HTTP, FailureKind.HTTP_429, "answered 429"));
  }

  static Outcome inconclusive() {
    return new Outcome.Inconclusive(
        seen(Facts.NONE, List.of()), "this machine has no free ports left");
  }

  static Facts facts(String name) {
    return new Facts(
        TransportKind.STREAMABLE_HTTP,
        Era.SESSION,
        "2025-11-25",
        new ServerInfo(name, null, "2.0.0"),
        null,
        "{}",
        null,
        null,
        null);
  }

  static Facts secure(@Nullable String url) {
    return new Facts(
        TransportKind.STREAMABLE_HTTP,
        Era.STATELESS,
        "2026-07-28",
        new ServerInfo("secure", null, null),
        null,
        "{}",
        url,
        new Certificate("CN=example.com", "CN=R11", NOW.plus(Duration.ofDays(63).plusHours(5))),
        null);
  }

  static Observation seen(Facts facts, List<Finding> findings) {
    return new Observation(
        NOW,
        43_210,
        List.of(
            new StageTime(Stage.DNS, 410),
            new StageTime(Stage.CONNECT, 1_200),
            new StageTime(Stage.HTTP, 12_000),
            new StageTime(Stage.HANDSHAKE, 20_100),
            new StageTime(Stage.LIST, 9_500)),
        facts,
        new Counts(13, 4, 7, 1),
        Capabilities.NONE,
        true,
        12_345,
        findings,
        null);
  }
}
