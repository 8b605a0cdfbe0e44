package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawRequest;
import dev.pharos.testing.RawServer;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Event streams that answer requests: kept, resumed, and full of other messages. */
@Timeout(60)
class EventStreamTest extends SessionServerTest {
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
      assertThat(kindOf(() -> conversation.callTool(tool, new ToolArguments("{}"), look())))
          .isIn(FailureKind.RESET, FailureKind.EMPTY_REPLY);
      assertThat(server.requests().stream().filter(r -> method(r).equals("tools/call"))).hasSize(1);
      conversation.ping(look());
    }
  }
}
