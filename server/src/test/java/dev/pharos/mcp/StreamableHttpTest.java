package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawPeer;
import dev.pharos.testing.RawRequest;
import dev.pharos.testing.RawServer;
import dev.pharos.trace.Era;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StreamableHttpTest extends McpTest {
  private static final Known SESSION = new Known(Era.SESSION, null, true);

  /** Answers the handshake with a session id, when given, and everything else as told. */
  private static Server session(String revision, @Nullable String sessionId, Server rest) {
    return (peer, request) -> {
      String message = method(request);
      if (message.equals("initialize")) {
        String body = result(request, initialized(revision));
        peer.write(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                + (sessionId == null ? "" : "Mcp-Session-Id: " + sessionId + "\r\n")
                + "Content-Length: "
                + bytes(body).length
                + "\r\n\r\n"
                + body);
      } else if (message.startsWith("notifications/")) {
        peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
      } else {
        rest.answer(peer, request);
      }
    };
  }

  private static Server session(Server rest) {
    return session("2025-11-25", "the-session", rest);
  }

  private static void pong(RawPeer peer, RawRequest request) throws IOException {
    json(peer, 200, result(request, "{}"));
  }

  private static @Nullable RawRequest asked(RawServer server, String method) {
    return server.requests().stream()
        .filter(request -> method(request).equals(method) || request.method().equals(method))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String header(RawServer server, String method, String name) {
    RawRequest request = asked(server, method);
    assertThat(request).as(method).isNotNull();
    return request == null ? null : request.header(name);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, false",
    "2025-03-26, false",
    "2025-06-18, true",
    "2025-11-25, true",
  })
  void the_version_header_follows_the_revision(String revision, boolean expected)
      throws FailureException {
    try (RawServer server = serving(session(revision, null, StreamableHttpTest::pong))) {
      Conversation conversation = open(server, SESSION, look());
      conversation.ping(look());
      assertThat(header(server, "initialize", "MCP-Protocol-Version")).isNull();
      for (String later : List.of("notifications/initialized", "ping")) {
        assertThat(header(server, later, "MCP-Protocol-Version"))
            .isEqualTo(expected ? revision : null);
        assertThat(header(server, later, "Mcp-Method")).isNull();
        assertThat(header(server, later, "Mcp-Session-Id")).isNull();
      }
    }
  }

  @Test
  void a_session_id_is_sent_from_then_on_and_ended_with_a_delete() throws FailureException {
    try (RawServer server =
        serving(
            session((peer, request) -> {
              if (request.method().equals("DELETE")) {
                peer.answer(200, "text/plain", "");
              } else {
                pong(peer, request);
              }
            }))) {
      Conversation conversation = open(server, SESSION, look());
      assertThat(conversation.sessionId()).isEqualTo("the-session");
      conversation.ping(look());
      Look ending = look();
      conversation.end(ending);
      conversation.end(ending);
      assertThat(header(server, "initialize", "Mcp-Session-Id")).isNull();
      for (String later : List.of("notifications/initialized", "ping", "DELETE")) {
        assertThat(header(server, later, "Mcp-Session-Id")).isEqualTo("the-session");
        assertThat(header(server, later, "MCP-Protocol-Version")).isEqualTo("2025-11-25");
      }
      assertThat(server.requests().stream().filter(r -> r.method().equals("DELETE"))).hasSize(1);
      assertThat(conversation.alive()).isFalse();
      assertThat(ending.findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, false",
    "204, false",
    "202, false",
    "404, false",
    "405, false",
    "400, true",
    "500, true",
  })
  void an_ending_is_refused_only_where_the_server_may_not(int status, boolean noted)
      throws FailureException {
    try (RawServer server =
        serving(
            session((peer, _) ->
                peer.write(
                    "HTTP/1.1 "
                        + status
                        + " X\r\n"
                        + (status == 204 ? "" : "Content-Length: 0\r\n")
                        + "\r\n")))) {
      Look look = look();
      open(server, SESSION, look()).end(look);
      assertThat(kinds(look).contains(FindingKind.SESSION_NOT_ENDED)).isEqualTo(noted);
    }
  }

  @Test
  void a_server_that_is_gone_at_the_end_is_no_fault() throws FailureException {
    Conversation conversation;
    try (RawServer server = serving(session((peer, _) -> peer.hold()))) {
      conversation = open(server, SESSION, look());
    }
    Look look = look();
    conversation.end(look);
    assertThat(look.findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "\u00e9", "tab\there"})
  void a_session_id_must_be_visible_ascii(String id) {
    try (RawServer server = serving(session("2025-11-25", id, StreamableHttpTest::pong))) {
      assertThat(kindOf(() -> open(server, SESSION, look())))
          .isEqualTo(FailureKind.SCHEMA_VIOLATION);
    }
  }

  @Test
  void a_session_id_is_bounded() throws FailureException {
    try (RawServer server =
        serving(session("2025-11-25", "x".repeat(1025), StreamableHttpTest::pong))) {
      assertThat(kindOf(() -> open(server, SESSION, look())))
          .isEqualTo(FailureKind.SCHEMA_VIOLATION);
    }
    try (RawServer server =
        serving(session("2025-11-25", "x".repeat(1024), StreamableHttpTest::pong))) {
      assertThat(open(server, SESSION, look()).sessionId()).hasSize(1024);
    }
  }

  @Test
  void a_stateless_server_gets_no_session_id_and_its_own_headers() throws FailureException {
    try (RawServer server =
        serving((peer, request) -> {
          String body =
              result(
                  request,
                  method(request).equals("server/discover") ? DISCOVERED : "{\"content\":[]}");
          peer.write(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nmcp-session-id: nonsense\r\nContent-Length: "
                  + bytes(body).length
                  + "\r\n\r\n"
                  + body);
        })) {
      Conversation conversation = open(server, look());
      ListedItem tool =
          new ListedItem(
              "wörld",
              null,
              null,
              "{\"name\":\"wörld\",\"inputSchema\":{\"properties\":{\"r\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"}}}}");
      conversation.callTool(tool, "{\"r\":\"west\"}", look());
      assertThat(header(server, "tools/call", "Mcp-Session-Id")).isNull();
      assertThat(header(server, "tools/call", "Mcp-Method")).isEqualTo("tools/call");
      assertThat(header(server, "tools/call", "Mcp-Name")).isEqualTo("=?base64?d8O2cmxk?=");
      assertThat(header(server, "tools/call", "Mcp-Param-Region")).isEqualTo("west");
      assertThat(header(server, "tools/call", "MCP-Protocol-Version")).isEqualTo("2026-07-28");
      conversation.end(look());
      assertThat(asked(server, "DELETE")).isNull();
    }
  }

  @Test
  void an_answer_is_found_among_other_events_and_the_connection_kept() throws FailureException {
    try (RawServer server =
        serving(
            session((peer, request) -> {
              stream(peer);
              peer.chunk(": keep-alive\n\nid: 1\ndata: \n\n");
              peer.chunk(
                  event(
                      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}"));
              peer.chunk("event: ping\ndata: what\n\n");
              peer.chunk(event("[" + result(request, "{}") + "]"));
              peer.chunk("");
            }))) {
      Conversation conversation = open(server, SESSION, look());
      for (int i = 0; i < 3; i++) {
        Look look = look();
        conversation.ping(look);
        assertThat(look.findings()).isEmpty();
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_stream_left_open_behind_its_answer_costs_a_connection_and_no_time()
      throws FailureException {
    try (RawServer server =
        serving(
            session((peer, request) -> {
              stream(peer);
              peer.chunk(event(result(request, "{}")));
              peer.hold();
            }))) {
      Conversation conversation = open(server, SESSION, look());
      for (int i = 0; i < 3; i++) {
        conversation.ping(look());
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void a_stream_that_ends_late_once_keeps_its_connection_when_there_was_time()
      throws FailureException, InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server =
        RawServer.plain(peer -> {
          Server answers =
              session((self, request) -> {
                stream(self);
                self.chunk(event(result(request, "{}")));
                if (peer.number() == 0) {
                  self.hold(); // the first time, no end at all
                }
                if (ended.getCount() > 0) {
                  await(asked);
                  self.chunk("");
                  ended.countDown();
                } else {
                  self.chunk("");
                }
              });
          while (true) {
            answers.answer(peer, peer.readRequest());
          }
        })) {
      Conversation conversation = open(server, SESSION, look());
      conversation.ping(look());
      conversation.ping(look()); // on the second connection, whose stream ends between the looks
      asked.countDown();
      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
      conversation.ping(look());
      conversation.ping(look());
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void a_stream_closed_again_and_again_is_resumed_each_time_behind_its_last_event()
      throws FailureException {
    LinkedBlockingQueue<String> ids = new LinkedBlockingQueue<>();
    try (RawServer server =
        serving(
            session((peer, request) -> {
              stream(peer);
              String last = request.header("Last-Event-ID");
              if (last == null) {
                ids.add(id(request));
                peer.chunk("id: 1\nretry: 1\ndata: \n\n");
              } else if (Integer.parseInt(last) < 12) {
                peer.chunk("id: " + (Integer.parseInt(last) + 1) + "\ndata: \n\n");
              } else {
                peer.chunk(
                    event("{\"jsonrpc\":\"2.0\",\"id\":" + ids.remove() + ",\"result\":{}}"));
              }
              peer.chunk("");
            }))) {
      open(server, SESSION, look()).ping(look());
      assertThat(server.requests().stream().filter(r -> r.method().equals("GET")))
          .extracting(r -> r.header("Last-Event-ID"))
          .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
    }
  }

  @Test
  void a_resume_waits_as_asked_and_names_the_last_whole_event() throws FailureException {
    LinkedBlockingQueue<String> ids = new LinkedBlockingQueue<>();
    try (RawServer server =
        serving(
            session((peer, request) -> {
              stream(peer);
              if (request.method().equals("POST")) {
                ids.add(id(request));
                peer.chunk("id: event-1\nretry: 300\ndata: \n\nid: event-2\ndata: {\"cut");
                peer.finish();
              } else {
                peer.chunk(
                    "id: event-3\ndata: {\"jsonrpc\":\"2.0\",\"id\":"
                        + ids.remove()
                        + ",\"result\":{}}\n\n");
                peer.hold();
              }
            }))) {
      Conversation conversation = open(server, SESSION, look());
      long before = TICKER.nanos();
      conversation.ping(look());
      assertThat(TICKER.nanos() - before)
          .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
      assertThat(header(server, "GET", "Last-Event-ID")).isEqualTo("event-1");
      assertThat(header(server, "GET", "Accept")).isEqualTo("text/event-stream");
      assertThat(header(server, "GET", "Mcp-Session-Id")).isEqualTo("the-session");
      assertThat(header(server, "GET", "Content-Type")).isNull();
    }
  }

  @Test
  void a_stream_without_any_event_id_cannot_be_resumed() throws FailureException {
    try (RawServer server =
        serving(
            session((peer, _) -> {
              stream(peer);
              peer.chunk("retry: 10\ndata: \n\n");
              peer.chunk("");
            }))) {
      Conversation conversation = open(server, SESSION, look());
      assertThat(kindOf(() -> conversation.ping(look()))).isEqualTo(FailureKind.STREAM_ENDED);
      assertThat(asked(server, "GET")).isNull();
    }
  }

  @Test
  void a_resume_that_the_server_refuses_leaves_the_stream_ended() throws FailureException {
    try (RawServer server =
        serving(
            session((peer, request) -> {
              if (request.method().equals("GET")) {
                peer.answer(405, "text/plain", "");
              } else {
                stream(peer);
                peer.chunk("id: 1\ndata: \n\n");
                peer.chunk("");
              }
            }))) {
      Conversation conversation = open(server, SESSION, look());
      assertThat(kindOf(() -> conversation.ping(look()))).isEqualTo(FailureKind.STREAM_ENDED);
    }
  }

  @Test
  void a_wait_longer_than_the_look_is_a_timeout() throws FailureException {
    try (RawServer server =
        serving(
            session((peer, _) -> {
              stream(peer);
              peer.chunk("id: 1\nretry: 30000\ndata: \n\n");
              peer.chunk("");
            }))) {
      Conversation conversation = open(server, SESSION, look());
      assertThat(kindOf(() -> conversation.ping(look(2000)))).isEqualTo(FailureKind.TIMEOUT);
    }
  }

  @Test
  void a_ping_of_the_server_is_answered_while_it_is_waited_for() throws FailureException {
    CountDownLatch answered = new CountDownLatch(1);
    try (RawServer server =
        serving(
            session((peer, request) -> {
              if (request.body().contains("\"id\":\"from-server\"")) {
                peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
                answered.countDown();
                return;
              }
              stream(peer);
              peer.chunk(event("{\"jsonrpc\":\"2.0\",\"id\":\"from-server\",\"method\":\"ping\"}"));
              await(answered);
              peer.chunk(event(result(request, "{}")));
              peer.chunk("");
            }))) {
      open(server, SESSION, look()).ping(look());
      RawRequest pong =
          server.requests().stream()
              .filter(r -> r.body().contains("from-server"))
              .findFirst()
              .orElseThrow();
      assertThat(pong.body())
          .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"from-server\",\"result\":{}}");
      assertThat(pong.header("Mcp-Session-Id")).isEqualTo("the-session");
      assertThat(pong.header("MCP-Protocol-Version")).isEqualTo("2025-11-25");
    }
  }

  @Test
  void a_flood_of_requests_does_not_hold_the_look_beyond_its_time() throws FailureException {
    try (RawServer server =
        serving(
            session((peer, request) -> {
              if (request.body().contains("\"result\"")) {
                peer.hold(); // takes our answers and never says anything to them
              }
              stream(peer);
              peer.chunk(event("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}").repeat(500));
              peer.chunk(event(result(request, "{}")));
              peer.chunk("");
            }))) {
      Conversation conversation = open(server, SESSION, look());
      Look look = look(5000);
      conversation.ping(look);
      assertThat(look.deadline().expired()).isFalse();
      assertThat(server.connections()).isLessThan(10);
    }
  }

  @Test
  void an_undeclared_request_is_refused_and_noted() throws FailureException {
    try (RawServer server =
        serving(
            session((peer, request) -> {
              if (request.body().contains("-32601")) {
                peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
                return;
              }
              stream(peer);
              peer.chunk(
                  event(
                      "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"sampling/createMessage\",\"params\":{}}"));
              peer.chunk(event(result(request, "{}")));
              peer.chunk("");
            }))) {
      Look look = look();
      open(server, SESSION, look()).ping(look);
      assertThat(kinds(look)).containsExactly(FindingKind.UNDECLARED_REQUEST);
    }
  }

  @Test
  void a_foreign_answer_before_silence_is_a_wrong_id() throws FailureException {
    try (RawServer server =
        serving(
            session((peer, _) -> {
              stream(peer);
              peer.chunk(event("{\"jsonrpc\":\"2.0\",\"id\":999,\"result\":{}}"));
              peer.hold();
            }))) {
      Conversation conversation = open(server, SESSION, look());
      assertThat(kindOf(() -> conversation.ping(look(700)))).isEqualTo(FailureKind.ID_MISMATCH);
    }
  }

  @Test
  void a_dead_kept_connection_is_replaced_but_a_tool_is_never_called_twice()
      throws FailureException {
    try (RawServer server =
        serving(
            session((peer, request) -> {
              if (method(request).equals("tools/call")) {
                peer.reset();
              }
              pong(peer, request);
            }))) {
      Conversation conversation = open(server, SESSION, look());
      conversation.ping(look());
      ListedItem tool = new ListedItem("t", null, null, "{\"name\":\"t\"}");
      assertThat(kindOf(() -> conversation.callTool(tool, "{}", look())))
          .isIn(FailureKind.RESET, FailureKind.EMPTY_REPLY);
      assertThat(server.requests().stream().filter(r -> method(r).equals("tools/call"))).hasSize(1);
      conversation.ping(look());
    }
  }
}
