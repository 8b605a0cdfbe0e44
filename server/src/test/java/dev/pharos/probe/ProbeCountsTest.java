package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.testing.StdioServer;
import dev.pharos.trace.WireTap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was opened is ended or held, whatever happened on the way. */
class ProbeCountsTest extends Survival {
  /** How many sessions and processes were opened so far, all of them ended by now. */
  private void allEnded(int sessions, int children) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(prober.counts())
                .isEqualTo(new ProbeCounts(sessions, sessions, children, children, 0)));
  }

  @Test
  void a_look_ends_what_it_opened() {
    try (FakeMcpServer server = FakeMcpServer.start()) {
      healthy(server);
      allEnded(1, 0);
      assertThat(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void a_kept_session_is_held_until_it_is_closed() {
    try (FakeMcpServer server = FakeMcpServer.start()) {
      try (KeptSession session = prober.keep(target(server.url()))) {
        session.look(Depth.ALL, WireTap.none());
        session.look(Depth.TOOLS, WireTap.none());
        assertThat(prober.counts()).isEqualTo(new ProbeCounts(1, 0, 0, 0, 1));
      }
      allEnded(1, 0);
    }
  }

  @Test
  void a_session_that_is_renewed_ends_the_old_one() {
    try (FakeMcpServer server = FakeMcpServer.start();
        KeptSession session = prober.keep(target(server.url()))) {
      session.look(Depth.ALL, WireTap.none());
      session.renew(Depth.ALL, WireTap.none());
      assertThat(prober.counts()).isEqualTo(new ProbeCounts(2, 1, 0, 0, 1));
      prober.close();
      allEnded(2, 0);
      assertThat(server.ended()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404})
  void a_session_that_the_server_forgot_is_over(int status) {
    try (FakeMcpServer server = FakeMcpServer.start().lostStatus(status);
        KeptSession session = prober.keep(target(server.url()))) {
      session.look(Depth.ALL, WireTap.none());
      server.forgetSessions();
      session.look(Depth.TOOLS, WireTap.none());
      assertThat(prober.counts()).isEqualTo(new ProbeCounts(2, 1, 0, 0, 1));
      prober.close();
      allEnded(2, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 404, 405, 500})
  void whatever_a_server_answers_to_the_end(int status) {
    try (FakeMcpServer server =
        FakeMcpServer.start().on("DELETE", x -> x.answer(status, "text/plain", ""))) {
      look(target(server.url()));
      allEnded(1, 0);
      assertThat(server.requests("DELETE")).hasSize(1);
    }
  }

  @Test
  void a_server_that_never_answers_to_the_end() {
    try (FakeMcpServer server = FakeMcpServer.start().on("DELETE", x -> x.peer().hold())) {
      look(target(server.url()));
      allEnded(1, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"notifications/initialized", "tools/list"})
  void a_server_that_fails_after_it_opened_the_session(String method) {
    try (FakeMcpServer server =
        FakeMcpServer.start().on(method, x -> x.answer(500, "text/plain", "out of order"))) {
      failure(target(server.url()));
      allEnded(1, 0);
      assertThat(server.ended()).isEqualTo(1);
    }
  }

  @Test
  void a_server_that_has_gone_takes_its_session_along() {
    FakeMcpServer server = FakeMcpServer.start();
    try (KeptSession session = prober.keep(target(server.url()))) {
      session.look(Depth.ALL, WireTap.none());
      server.close();
      session.look(Depth.TOOLS, WireTap.none());
    }
    allEnded(1, 0);
  }

  @Test
  void a_server_without_session_ids_has_nothing_to_end() {
    try (FakeMcpServer server = FakeMcpServer.start().withoutSessions()) {
      healthy(target(server.url()));
      allEnded(0, 0);
    }
  }

  @Test
  void the_stateless_era_has_no_sessions() {
    try (FakeMcpServer server = FakeMcpServer.start().stateless();
        KeptSession session = prober.keep(target(server.url()))) {
      session.look(Depth.ALL, WireTap.none());
      assertThat(prober.counts()).isEqualTo(new ProbeCounts(0, 0, 0, 0, 1));
      prober.close();
      allEnded(0, 0);
    }
  }

  @Test
  void a_stream_of_the_old_transport_is_a_session() {
    try (FakeMcpServer server = FakeMcpServer.start().oldTransport();
        KeptSession session = prober.keep(target(server.url()))) {
      session.look(Depth.ALL, WireTap.none());
      assertThat(prober.counts()).isEqualTo(new ProbeCounts(1, 0, 0, 0, 1));
      server.endStreams();
      Awaitility.await("the end is noticed, and a new stream opened")
          .atMost(Duration.ofSeconds(10))
          .until(() -> {
            session.look(Depth.ALL, WireTap.none());
            return prober.counts().equals(new ProbeCounts(2, 1, 0, 0, 1));
          });
      prober.close();
      allEnded(2, 0);
    }
  }

  @Test
  void a_process_is_started_and_reaped() {
    try (KeptSession session = prober.keep(process())) {
      session.look(Depth.ALL, WireTap.none());
      assertThat(prober.counts()).isEqualTo(new ProbeCounts(1, 0, 1, 0, 1));
    }
    allEnded(1, 1);
  }

  @Test
  void a_process_that_is_killed_is_reaped_before_anybody_looks() {
    try (KeptSession session = prober.keep(process())) {
      session.look(Depth.ALL, WireTap.none());
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> assertThat(prober.counts()).isEqualTo(new ProbeCounts(1, 1, 1, 1, 1)));
    }
    allEnded(1, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exits", "exits-later", "stays", "strict", "forks"})
  void processes_with_bad_manners(String way) {
    look(process(way));
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          ProbeCounts counts = prober.counts();
          assertThat(counts.childrenStarted()).isPositive().isEqualTo(counts.childrenReaped());
          assertThat(counts.sessionsOpened()).isEqualTo(counts.sessionsEnded());
          assertThat(counts.open()).isZero();
        });
  }

  @Test
  void a_command_that_cannot_be_started_is_no_child() {
    look(process(List.of("no-such-command-anywhere")));
    allEnded(0, 0);
  }

  @Test
  void closing_the_prober_ends_all_that_is_held() {
    try (FakeMcpServer server = FakeMcpServer.start()) {
      for (int i = 0; i < 5; i++) {
        prober.keep(target(server.url())).look(Depth.ALL, WireTap.none());
      }
      prober.keep(process()).look(Depth.ALL, WireTap.none());
      assertThat(prober.counts().open()).isEqualTo(6);
      prober.close();
      allEnded(6, 1);
      assertThat(server.ended()).isEqualTo(5);
    }
  }

  private static Target process(String... ways) {
    return process(StdioServer.command(ways));
  }

  private static Target process(List<String> command) {
    return new Target(
        "a process",
        new Transport.Stdio(command, Map.of(), null),
        new Credentials.None(),
        Map.of(),
        Expectation.TOOLS,
        PLENTY);
  }
}
