package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.testing.NothingLeftBehind;
import dev.pharos.testing.RawServer;
import dev.pharos.testing.TestCertificates;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Finding;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the tests of hostile servers share. Every look, whatever it meets, must come back in its
 * time, say what it met in one plain line without secrets, and leave nothing behind.
 */
@ExtendWith(NothingLeftBehind.class)
@Timeout(60)
abstract class Survival {
  /** Stands in every secret that a test sets, and in every session id of the pretended server. */
  static final String CANARY = "canary";

  private static final Duration GRACE = Duration.ofSeconds(15);

  /** For looks that should come to something. */
  static final Duration PLENTY = Duration.ofSeconds(30);

  /** For looks that should run out of time. */
  static final Duration SHORT = Duration.ofMillis(800);

  final Prober prober =
      new Prober(
          ProbeSettings.DEFAULT,
          InstantSource.system(),
          Ticker.system(),
          TestCertificates.authorities());

  @AfterEach
  void close_the_prober() {
    prober.close();
  }

  static Target target(String url) {
    return target(url, new Credentials.None());
  }

  static Target target(String url, Credentials credentials) {
    return new Target(
        "a server",
        new Transport.Http(URI.create(url), TransportChoice.AUTO),
        credentials,
        Map.of("X-Extra", new Secret("extra-canary")),
        Expectation.TOOLS,
        PLENTY);
  }

  /** The same target with little time. */
  static Target hurried(Target target) {
    return new Target(
        target.name(),
        target.transport(),
        target.credentials(),
        target.extraHeaders(),
        target.expect(),
        SHORT,
        target.era());
  }

  Outcome look(Target target) {
    return inTime(target, () -> prober.look(target, WireTap.none()));
  }

  Outcome look(KeptSession session, Target target, Depth depth) {
    return inTime(target, () -> session.look(depth, WireTap.none()));
  }

  private static Outcome inTime(Target target, Supplier<Outcome> look) {
    long begin = System.nanoTime();
    Outcome outcome = look.get();
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isLessThan(target.timeout().plus(GRACE));
    presentable(outcome);
    return outcome;
  }

  /** Looks at what does this to every connection. */
  Failure failure(RawServer.Script script) {
    try (RawServer server = RawServer.plain(script)) {
      return failure(target(server.url("/mcp")));
    }
  }

  Failure failure(Target target) {
    return failureOf(look(target));
  }

  static Failure failureOf(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).reason();
  }

  /** Looks and finds a part broken. */
  Failure impairment(Target target) {
    Outcome outcome = look(target);
    assertThat(outcome).isInstanceOf(Outcome.Impaired.class);
    return ((Outcome.Impaired) outcome).reason();
  }

  /** A healthy look, after which every session that was opened was asked to end, once. */
  Observation healthy(FakeMcpServer server) {
    Observation seen = healthy(target(server.url()));
    Set<String> asked = new HashSet<>();
    server
        .requests("DELETE")
        .forEach(each -> asked.add(String.valueOf(each.header("Mcp-Session-Id"))));
    assertThat(asked).hasSize(server.opened());
    assertThat(server.requests("DELETE")).hasSize(server.opened());
    return seen;
  }

  Observation healthy(Target target) {
    return passed(look(target));
  }

  static Observation passed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    return outcome.seen();
  }

  static void is(Failure failure, Stage stage, FailureKind kind) {
    assertThat(failure.kind()).as(failure.message()).isEqualTo(kind);
    assertThat(failure.stage()).as(failure.message()).isEqualTo(stage);
  }

  static List<FindingKind> findings(Observation seen) {
    return seen.findings().stream().map(Finding::kind).toList();
  }

  private static void presentable(Outcome outcome) {
    Observation seen = outcome.seen();
    assertThat(outcome.toString()).doesNotContain(CANARY);
    seen.findings().forEach(finding -> plain(finding.message()));
    switch (outcome) {
      case Outcome.Failed failed -> plain(failed.reason().message());
      case Outcome.Impaired impaired -> plain(impaired.reason().message());
      case Outcome.Inconclusive none -> plain(none.detail());
      case Outcome.Passed _ -> assertThat(seen.facts().transport()).isNotNull();
    }
    long stages = seen.stages().stream().mapToLong(StageTime::micros).sum();
    assertThat(stages).isEqualTo(seen.tookMicros());
  }

  /** One line that a person can read. */
  private static void plain(String message) {
    assertThat(message)
        .isNotBlank()
        .hasSizeLessThan(1_200)
        .doesNotContain(CANARY)
        .doesNotContainPattern("[\\p{Cntrl}]")
        .doesNotContainPattern("\\b(java|javax|sun|jdk|dev|tools|org)\\.[a-z]+\\.")
        .doesNotContain("Exception", ": null");
  }
}
