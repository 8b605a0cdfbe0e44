package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.testing.FakeExchange;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.testing.RawRequest;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that are lost, and that each one opened is ended. */
class SurviveSessionTest extends Survival {
  @ParameterizedTest
  @ValueSource(ints = {400, 404})
  void a_session_lost_in_mid_check_is_opened_once_more(int status) {
    try (FakeMcpServer server = FakeMcpServer.start().lostStatus(status)) {
      server.once("tools/list", x -> loseSessions(server, x));
      Observation seen = healthy(server);
      assertThat(findings(seen)).contains(FindingKind.SESSION_REOPENED);
      assertThat(findings(seen).contains(FindingKind.SESSION_STATUS)).isEqualTo(status == 400);
      assertThat(server.opened()).isEqualTo(2);
      assertThat(server.ended()).isEqualTo(1);
      eachSessionIsEndedAtMostOnce(server);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404})
  void a_session_lost_again_and_again(int status) {
    try (FakeMcpServer server = FakeMcpServer.start().lostStatus(status)) {
      server.on("tools/list", x -> loseSessions(server, x));
      is(failure(target(server.url())), Stage.LIST, FailureKind.SESSION_LOST);
      assertThat(server.opened()).isEqualTo(2);
      eachSessionIsEndedAtMostOnce(server);
    }
  }

  @Test
  void a_session_lost_on_the_old_transport_is_opened_once_more() {
    try (FakeMcpServer server = FakeMcpServer.start().oldTransport()) {
      server.once("tools/list", x -> x.answer(404, "text/plain", "no such session"));
      assertThat(findings(healthy(server))).contains(FindingKind.SESSION_REOPENED);
      assertThat(server.requests("GET")).hasSize(2);
    }
  }

  @Test
  void a_look_that_is_stopped_says_nothing_of_the_server() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "tools/list",
                x -> {
                  asked.countDown();
                  x.peer().hold();
                })) {
      AtomicReference<Outcome> outcome = new AtomicReference<>();
      Thread looking = Thread.ofVirtual().start(() -> outcome.set(look(target(server.url()))));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      prober.close();
      assertThat(looking.join(Duration.ofSeconds(20))).isTrue();
      assertThat(outcome.get()).isInstanceOf(Outcome.Inconclusive.class);
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  private static void loseSessions(FakeMcpServer server, FakeExchange exchange) throws IOException {
    server.forgetSessions();
    server.usual(exchange);
  }

  private static void eachSessionIsEndedAtMostOnce(FakeMcpServer server) {
    List<RawRequest> deletes = server.requests("DELETE");
    Set<String> ids = new HashSet<>();
    deletes.forEach(each -> ids.add(String.valueOf(each.header("Mcp-Session-Id"))));
    assertThat(ids).hasSameSizeAs(deletes).doesNotContain("null");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404})
  void a_kept_session_lost_between_looks_is_opened_once_more(int status) {
    try (FakeMcpServer server = FakeMcpServer.start().lostStatus(status).tools(5)) {
      Target target = target(server.url());
      try (KeptSession session = prober.keep(target)) {
        assertThat(passed(look(session, target, Depth.ALL)).findings()).isEmpty();
        assertThat(passed(look(session, target, Depth.TOOLS)).changed()).isFalse();
        server.forgetSessions();
        Observation seen = passed(look(session, target, Depth.TOOLS));
        assertThat(findings(seen)).contains(FindingKind.SESSION_REOPENED);
        assertThat(seen.changed()).isFalse();
        assertThat(seen.counts().tools()).isEqualTo(5);
      }
      assertThat(server.opened()).isEqualTo(2);
      assertThat(server.ended()).isEqualTo(1);
    }
  }

  @Test
  void a_kept_session_asks_one_thing_over_one_connection() {
    try (FakeMcpServer server = FakeMcpServer.start()) {
      Target target = target(server.url());
      try (KeptSession session = prober.keep(target)) {
        passed(look(session, target, Depth.ALL));
        int before = server.requests().size();
        passed(look(session, target, Depth.TOOLS));
        passed(look(session, target, Depth.PING));
        assertThat(server.requests()).hasSize(before + 2);
        assertThat(server.connections()).isEqualTo(1);
      }
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
      assertThat(server.requests("DELETE")).hasSize(1);
    }
  }

  @Test
  void a_kept_connection_that_the_server_hung_up_is_dialed_again() {
    try (FakeMcpServer server = FakeMcpServer.start()) {
      Target target = target(server.url());
      try (KeptSession session = prober.keep(target)) {
        server.once(
            "tools/list",
            x -> {
              server.usual(x);
              x.peer().reset();
            });
        passed(look(session, target, Depth.ALL));
        assertThat(passed(look(session, target, Depth.TOOLS)).findings()).isEmpty();
      }
      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void a_kept_session_outlives_a_failed_look() {
    try (FakeMcpServer server = FakeMcpServer.start()) {
      Target target = target(server.url());
      try (KeptSession session = prober.keep(target)) {
        passed(look(session, target, Depth.ALL));
        server.once("tools/list", x -> x.answer(503, "text/plain", "busy"));
        is(failureOf(look(session, target, Depth.TOOLS)), Stage.HTTP, FailureKind.HTTP_503);
        passed(look(session, target, Depth.TOOLS));
      }
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void a_server_that_will_not_end_the_session_is_noted() {
    try (FakeMcpServer server =
        FakeMcpServer.start().on("DELETE", x -> x.answer(500, "text/plain", "no"))) {
      assertThat(findings(healthy(server))).containsExactly(FindingKind.SESSION_NOT_ENDED);
      assertThat(server.requests("DELETE")).hasSize(1);
    }
  }

  @Test
  void a_server_that_never_answers_the_end_of_the_session_does_not_hold_us() {
    try (FakeMcpServer server = FakeMcpServer.start().on("DELETE", x -> x.peer().hold())) {
      healthy(server);
      assertThat(server.requests("DELETE")).hasSize(1);
    }
  }

  @Test
  void a_server_without_sessions_is_noted_and_not_asked_to_end_one() {
    try (FakeMcpServer server = FakeMcpServer.start().withoutSessions()) {
      assertThat(findings(healthy(server))).containsExactly(FindingKind.NO_SESSION);
      assertThat(server.requests("DELETE")).isEmpty();
    }
  }

  @Test
  void the_end_of_a_held_stream_is_told() throws InterruptedException {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (FakeMcpServer server = FakeMcpServer.start().holdsStreams()) {
      Target target = target(server.url());
      try (KeptSession session = prober.keep(target)) {
        passed(look(session, target, Depth.ALL));
        assertThat(session.watch(telling(told))).isTrue();
        assertThat(session.watched()).isTrue();
        server.push("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("changed: tools");
        server.endStreams();
        assertThat(told.poll(10, TimeUnit.SECONDS)).startsWith("ended: the event stream");
        assertThat(session.watched()).isFalse();
      }
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void closing_a_watched_session_tells_nothing_and_leaves_nothing() {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (FakeMcpServer server = FakeMcpServer.start().holdsStreams()) {
      Target target = target(server.url());
      try (KeptSession session = prober.keep(target)) {
        passed(look(session, target, Depth.ALL));
        assertThat(session.watch(telling(told))).isTrue();
      }
      assertThat(told).isEmpty();
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  private static WatchListener telling(BlockingQueue<String> told) {
    return new WatchListener() {
      @Override
      public void ended(String detail) {
        told.add("ended: " + detail);
      }

      @Override
      public void idleEnded(String detail) {
        told.add("idle: " + detail);
      }

      @Override
      public void listChanged(String list) {
        told.add("changed: " + list);
      }
    };
  }
}
