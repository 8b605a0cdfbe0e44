package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.testing.RawPeer;
import dev.pharos.testing.RawServer;
import dev.pharos.testing.TestCertificates;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looks over TLS, good and bad. */
class SurviveTlsTest extends Survival {
  @Test
  void a_good_certificate_is_healthy_and_told() {
    try (FakeMcpServer server = FakeMcpServer.start(TestCertificates.VALID.server())) {
      Observation seen = healthy(target(server.url("right-name.test", "/mcp")));
      assertThat(seen.facts().certificate()).isNotNull();
      assertThat(seen.stages()).anyMatch(time -> time.stage() == Stage.TLS);
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SELF_SIGNED,   TLS_UNTRUSTED",
    "EXPIRED,       TLS_EXPIRED",
    "NOT_YET_VALID, TLS_NOT_YET_VALID",
    "WRONG_NAME,    TLS_HOSTNAME"
  })
  void a_bad_certificate_is_refused_and_told(TestCertificates bad, FailureKind kind) {
    try (FakeMcpServer server = FakeMcpServer.start(bad.server())) {
      Outcome outcome = look(target(server.url("right-name.test", "/mcp")));
      is(failureOf(outcome), Stage.TLS, kind);
      assertThat(outcome.seen().facts().certificate()).isNotNull();
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void https_to_a_port_that_speaks_plain_http() {
    try (RawServer server =
        RawServer.plain(peer -> peer.answer(400, "text/plain", "what was that?"))) {
      Failure failure = failure(target(server.url("/mcp").replace("http:", "https:")));
      is(failure, Stage.TLS, FailureKind.TLS_PROTOCOL);
      assertThat(failure.message()).contains("http://");
    }
  }

  @Test
  void http_to_a_port_that_speaks_tls() {
    try (RawServer server = RawServer.tls(TestCertificates.VALID.server(), RawPeer::readRequest)) {
      Failure failure = failure(target(server.url("/mcp").replace("https:", "http:")));
      is(failure, Stage.HTTP, FailureKind.NOT_HTTP);
      assertThat(failure.message()).contains("https://");
    }
  }

  @Test
  void a_peer_that_hangs_up_in_the_handshake() {
    try (RawServer server = RawServer.plain(peer -> peer.pause(50))) {
      is(
          failure(target(server.url("/mcp").replace("http:", "https:"))),
          Stage.TLS,
          FailureKind.TLS_CLOSED);
    }
  }

  @Test
  void a_peer_that_never_answers_the_handshake() {
    try (RawServer server = RawServer.plain(RawPeer::hold)) {
      is(
          failure(hurried(target(server.url("/mcp").replace("http:", "https:")))),
          Stage.TLS,
          FailureKind.TLS_TIMEOUT);
    }
  }
}
