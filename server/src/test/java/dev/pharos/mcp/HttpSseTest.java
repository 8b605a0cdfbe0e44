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
import dev.pharos.trace.TransportKind;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The old transport: one stream down, posts up. */
@Timeout(60)
class HttpSseTest extends McpTest {
  private static final Known OLD = new Known(Era.SESSION, TransportKind.SSE, false);
  private static final String END = "end of stream";

  private final LinkedBlockingQueue<String> down = new LinkedBlockingQueue<>();
  private final Heard heard = new Heard();

  /** A server that names {@code endpoint}, and answers posts to {@code /message} as told. */
  private RawServer old(String endpoint, Server posts) {
    return serving((peer, request) -> {
      if (request.method().equals("GET")) {
        stream(peer);
        peer.chunk("event: endpoint\ndata: " + endpoint + "\n\n");
        sendDown(peer);
      } else if (!request.line().contains("/message")) {
        peer.answer(404, "text/html", "no");
      } else {
        posts.answer(peer, request);
        peer.answer(202, "text/plain", "Accepted");
      }
    });
  }

  private void sendDown(RawPeer peer) throws IOException {
    try {
      for (String next = down.take(); !next.equals(END); next = down.take()) {
        peer.chunk(next);
      }
      peer.chunk("");
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Answers everything well on the stream. */
  private void well(RawPeer peer, RawRequest request) {
    if (method(request).equals("initialize")) {
      down.add(event(result(request, initialized("2024-11-05"))));
    } else if (request.body().contains("\"id\":")) {
      down.add(event(result(request, "{\"tools\":[]}")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/message?sessionId=1",
        "message?sessionId=1",
        "./message?sessionId=1",
        " /message?sessionId=1 "
      })
  void a_relative_endpoint_is_found_and_spoken_to(String endpoint) throws FailureException {
    try (RawServer server = old(endpoint, this::well)) {
      Look look = look();
      Conversation conversation = open(server, look);
      assertThat(conversation.transport()).isEqualTo(TransportKind.SSE);
      assertThat(conversation.revision()).isEqualTo("2024-11-05");
      assertThat(conversation.url()).isEqualTo(server.url("/mcp"));
      assertThat(kinds(look)).containsExactly(FindingKind.DEPRECATED_TRANSPORT);
      assertThat(conversation.list(ListKind.TOOLS, null, look()).items()).isEmpty();
      assertThat(server.requests().getLast().line())
          .isEqualTo("POST /message?sessionId=1 HTTP/1.1");
      assertThat(server.requests().getLast().header("MCP-Protocol-Version")).isNull();
      conversation.end(look());
      conversation.end(look());
      assertThat(conversation.alive()).isFalse();
    }
  }

  @Test
  void an_endpoint_that_is_only_a_query_belongs_to_the_same_path() throws FailureException {
    try (RawServer server =
        serving((peer, request) -> {
          if (request.method().equals("GET")) {
            stream(peer);
            peer.chunk("event: endpoint\ndata: ?s=1\n\n");
            sendDown(peer);
          } else if (request.line().contains("/mcp?s=1")) {
            well(peer, request);
            peer.answer(202, "text/plain", "Accepted");
          } else {
            peer.answer(405, "text/plain", "");
          }
        })) {
      assertThat(open(server, OLD, look()).transport()).isEqualTo(TransportKind.SSE);
    }
  }

  @Test
  void an_absolute_endpoint_of_the_same_origin_is_accepted() throws FailureException {
    LinkedBlockingQueue<RawServer> self = new LinkedBlockingQueue<>();
    try (RawServer server =
        serving((peer, request) -> {
          if (request.method().equals("GET")) {
            stream(peer);
            peer.chunk(
                "event: endpoint\ndata: "
                    + Objects.requireNonNull(self.peek()).url("/message")
                    + "\n\n");
            sendDown(peer);
          }
          well(peer, request);
          peer.answer(200, "text/plain", "");
        })) {
      self.add(server);
      assertThat(open(server, OLD, look()).transport()).isEqualTo(TransportKind.SSE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.test/message",
        "//evil.test/message",
        "https://127.0.0.1/message",
        "http://127.0.0.1:1/message",
        "ftp://127.0.0.1/message",
        "mailto:me",
        "http:///message",
        "not a uri",
        "''",
      })
  void an_endpoint_elsewhere_is_refused_before_anything_is_sent_there(String endpoint) {
    try (RawServer server = old(endpoint.replace("''", " "), this::well)) {
      FailureException failure =
          failureOf(() -> open(server, Endpoint.Http.Choice.SSE_ONLY, Known.NOTHING, look()));
      assertThat(failure.kind()).isEqualTo(FailureKind.ENDPOINT_REJECTED);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void a_foreign_endpoint_is_told_in_a_search_too() {
    try (RawServer server = old("http://evil.test/message", this::well)) {
      assertThat(kindOf(() -> open(server, look()))).isEqualTo(FailureKind.ENDPOINT_REJECTED);
    }
  }

  @Test
  void a_stream_that_names_no_endpoint_is_told_at_its_end_or_in_time() {
    for (boolean ends : new boolean[] {true, false}) {
      try (RawServer server =
          serving((peer, _) -> {
            stream(peer);
            peer.chunk(": hello\n\n");
            if (ends) {
              peer.chunk("");
            }
            peer.hold();
          })) {
        FailureException failure =
            failureOf(() -> open(server, Endpoint.Http.Choice.SSE_ONLY, Known.NOTHING, look()));
        assertThat(failure.kind()).isEqualTo(FailureKind.ENDPOINT_REJECTED);
        assertThat(failure.detail()).contains("endpoint event");
      }
    }
  }

  @Test
  void a_remembered_old_server_that_moved_on_is_found_again() throws FailureException {
    try (RawServer server =
        serving((peer, request) -> {
          if (request.method().equals("GET")) {
            peer.answer(405, "text/plain", "");
          } else {
            json(peer, 200, result(request, DISCOVERED));
          }
        })) {
      Look look = look();
      assertThat(open(server, new Known(null, TransportKind.SSE, false), look).transport())
          .isEqualTo(TransportKind.STREAMABLE_HTTP);
      assertThat(kinds(look)).containsExactly(FindingKind.ERA_CHANGED);
    }
  }

  @Test
  void a_post_that_is_taken_but_never_answered_is_a_timeout() throws FailureException {
    try (RawServer server =
        old(
            "/message",
            (peer, request) -> {
              if (!method(request).equals("tools/list")) {
                well(peer, request);
              }
            })) {
      Conversation conversation = open(server, OLD, look());
      assertThat(kindOf(() -> conversation.list(ListKind.TOOLS, null, look(500))))
          .isEqualTo(FailureKind.TIMEOUT);
    }
  }

  @ParameterizedTest
  @CsvSource({"404, SESSION_LOST", "400, HTTP_400", "500, HTTP_500"})
  void a_post_that_is_refused_fails_at_once(int status, FailureKind kind) throws FailureException {
    try (RawServer server =
        old(
            "/message",
            (peer, request) -> {
              if (method(request).equals("tools/list")) {
                peer.answer(status, "text/plain", "Session not found");
                peer.finish();
                throw new IOException("done");
              }
              well(peer, request);
            })) {
      Conversation conversation = open(server, OLD, look());
      assertThat(kindOf(() -> conversation.list(ListKind.TOOLS, null, look()))).isEqualTo(kind);
    }
  }

  @Test
  void a_message_that_is_none_fails_whoever_waits() throws FailureException {
    try (RawServer server =
        old(
            "/message",
            (peer, request) -> {
              if (method(request).equals("tools/list")) {
                down.add(event("<html>"));
              } else {
                well(peer, request);
              }
            })) {
      Conversation conversation = open(server, OLD, look());
      assertThat(kindOf(() -> conversation.list(ListKind.TOOLS, null, look())))
          .isEqualTo(FailureKind.INVALID_JSON);
    }
  }

  @Test
  void the_end_of_the_stream_fails_whoever_waits_and_tells_whoever_holds() throws Exception {
    try (RawServer server =
        old(
            "/message",
            (peer, request) -> {
              if (method(request).equals("tools/list")) {
                down.add(END);
              } else {
                well(peer, request);
              }
            })) {
      Conversation conversation = open(server, OLD, look());
      Hold hold = Objects.requireNonNull(conversation.hold(heard, look()));
      assertThat(hold.open()).isTrue();
      assertThat(kindOf(() -> conversation.list(ListKind.TOOLS, null, look())))
          .isEqualTo(FailureKind.STREAM_ENDED);
      assertThat(heard.next()).isEqualTo("ended: the event stream ended");
      assertThat(hold.open()).isFalse();
      assertThat(conversation.alive()).isFalse();
      assertThat(conversation.hold(heard, look())).isNull();
      assertThat(heard.rest()).isEmpty();
    }
  }

  @Test
  void hints_and_pings_come_through_between_looks() throws Exception {
    LinkedBlockingQueue<String> pongs = new LinkedBlockingQueue<>();
    try (RawServer server =
        old(
            "/message",
            (peer, request) -> {
              if (request.body().contains("\"result\"")) {
                pongs.add(request.body());
              } else {
                well(peer, request);
              }
            })) {
      Conversation conversation = open(server, OLD, look());
      Hold hold = Objects.requireNonNull(conversation.hold(heard, look()));
      down.add(event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}"));
      down.add(event("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}"));
      assertThat(heard.next()).isEqualTo("changed: TOOLS");
      assertThat(pongs.take()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}");
      hold.close();
      down.add(event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}"));
      conversation.list(ListKind.TOOLS, null, look());
      assertThat(heard.rest()).isEmpty();
      conversation.end(look());
      assertThat(heard.rest()).isEmpty();
    }
  }
}
