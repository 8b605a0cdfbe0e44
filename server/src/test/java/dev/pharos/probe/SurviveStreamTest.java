package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Observation;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Stage;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Event streams: what servers put between us and the answer, and in place of it. */
class SurviveStreamTest extends Survival {
  private static String longTool(int length) {
    return "{\"name\":\"long\",\"description\":\"%s\",\"inputSchema\":{\"type\":\"object\"}}"
        .formatted("x".repeat(length));
  }

  @ParameterizedTest
  @CsvSource({"initialize, HANDSHAKE", "tools/list, LIST"})
  void a_stream_of_comments_without_end(String method, Stage stage) {
    FakeMcpServer.Answer comments =
        x -> {
          x.begin();
          while (true) {
            x.event(": still here\n\n");
            x.peer().pause(100);
          }
        };
    try (FakeMcpServer server = FakeMcpServer.start().events().on(method, comments)) {
      Failure failure = failure(hurried(target(server.url())));
      is(failure, stage, FailureKind.TIMEOUT);
      assertThat(failure.message()).contains(method);
      assertThat(server.ended()).isEqualTo(server.opened());
    }
  }

  @Test
  void a_stream_that_never_stops_talking() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "tools/list",
                x -> {
                  x.begin();
                  while (true) {
                    x.message(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":\"%s\"}}"
                            .formatted("y".repeat(1 << 16)));
                  }
                })) {
      is(failure(target(server.url())), Stage.LIST, FailureKind.OVERSIZE);
      assertThat(server.ended()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"initialize, HANDSHAKE", "tools/list, LIST"})
  void a_stream_that_ends_without_the_answer(String method, Stage stage) {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                method,
                x -> {
                  x.begin();
                  x.event("event: message\ndata: {\"jsonrpc\":\"2.0\"");
                  x.end();
                })) {
      is(failure(target(server.url())), stage, FailureKind.STREAM_ENDED);
    }
  }

  @Test
  void a_frame_that_holds_no_json() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "tools/list",
                x -> {
                  x.begin();
                  x.event("data: hello there\n\n");
                  x.end();
                })) {
      is(failure(target(server.url())), Stage.LIST, FailureKind.INVALID_JSON);
    }
  }

  @Test
  void broken_frames_before_the_answer_are_passed_over() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "tools/list",
                x -> {
                  x.begin();
                  x.event("\uFEFFgarbage without a colon\r\rretry: soon\ndata\n\n");
                  x.event("event: gossip\ndata: not for us\n\n:\n\n");
                  x.event("data: {\"jsonrpc\":\"2.0\",\ndata: \"id\":" + x.id());
                  x.event(",\r\ndata:\"result\":{\"tools\":[]}}\r\n\r\n");
                  x.end();
                })) {
      assertThat(healthy(server).counts().tools()).isZero();
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void a_line_of_one_megabyte_is_read() {
    try (FakeMcpServer server =
        FakeMcpServer.start().events().offer("tools", List.of(longTool(1 << 20)))) {
      Observation seen = healthy(server);
      assertThat(seen.counts().tools()).isEqualTo(1);
      assertThat(seen.bytesRead()).isGreaterThan(1 << 20);
    }
  }

  @Test
  void a_line_above_the_bound_is_refused() {
    try (FakeMcpServer server =
        FakeMcpServer.start().events().offer("tools", List.of(longTool(9 << 20)))) {
      is(failure(target(server.url())), Stage.LIST, FailureKind.OVERSIZE);
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void priming_events_and_notifications_come_before_the_answer() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .primedEvents()
            .on(
                "tools/list",
                x ->
                    x.send(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\"}}",
                        "{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{\"tools\":[]}}"))) {
      assertThat(healthy(server).findings()).isEmpty();
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void a_primed_stream_that_is_cut_is_resumed() {
    AtomicReference<String> id = new AtomicReference<>("");
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "tools/list",
                x -> {
                  id.set(x.id());
                  x.begin();
                  x.event("id: mark-1\nretry: 10\ndata:\n\n");
                  x.end();
                })
            .on(
                "GET",
                x -> {
                  assertThat(x.request().header("Last-Event-ID")).isEqualTo("mark-1");
                  x.begin();
                  x.message(
                      "{\"jsonrpc\":\"2.0\",\"id\":" + id.get() + ",\"result\":{\"tools\":[]}}");
                  x.end();
                })) {
      assertThat(healthy(server).counts().tools()).isZero();
      assertThat(server.requests("GET")).hasSize(1);
    }
  }

  @Test
  void a_ping_in_between_is_answered() {
    AtomicReference<String> pong = new AtomicReference<>("");
    try (FakeMcpServer server = asking("ping", pong)) {
      assertThat(healthy(server).findings()).isEmpty();
      assertThat(pong.get()).contains("\"result\":{}");
    }
  }

  @Test
  void a_request_that_we_did_not_declare_is_refused() {
    AtomicReference<String> refusal = new AtomicReference<>("");
    try (FakeMcpServer server = asking("sampling/createMessage", refusal)) {
      assertThat(findings(healthy(server))).containsExactly(FindingKind.UNDECLARED_REQUEST);
      assertThat(refusal.get()).contains("-32601");
    }
  }

  private static FakeMcpServer asking(String method, AtomicReference<String> reply) {
    return FakeMcpServer.start()
        .on(
            "tools/list",
            x -> {
              x.begin();
              reply.set(x.ask(method));
              x.message("{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{\"tools\":[]}}");
              x.end();
            });
  }
}
