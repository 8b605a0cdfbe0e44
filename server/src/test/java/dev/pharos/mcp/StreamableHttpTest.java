package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawServer;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StreamableHttpTest extends SessionServerTest {
  @ParameterizedTest
  @CsvSource({
    "2024-11-05, false",
    "2025-03-26, false",
    "2025-06-18, true",
    "2025-11-25, true",
  })
  void the_version_header_follows_the_revision(String revision, boolean expected)
      throws FailureException {
    try (RawServer server = serving(session(revision, null, SessionServerTest::pong))) {
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
      int connections = server.connections();
      conversation.end(ending);
      assertThat(server.connections()).isEqualTo(connections);
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
    try (RawServer server = serving(session("2025-11-25", id, SessionServerTest::pong))) {
      assertThat(kindOf(() -> open(server, SESSION, look())))
          .isEqualTo(FailureKind.SCHEMA_VIOLATION);
    }
  }

  @Test
  void a_session_id_is_bounded() throws FailureException {
    try (RawServer server =
        serving(session("2025-11-25", "x".repeat(1025), SessionServerTest::pong))) {
      assertThat(kindOf(() -> open(server, SESSION, look())))
          .isEqualTo(FailureKind.SCHEMA_VIOLATION);
    }
    try (RawServer server =
        serving(session("2025-11-25", "x".repeat(1024), SessionServerTest::pong))) {
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
      conversation.callTool(tool, new ToolArguments("{\"r\":\"west\"}"), look());
      assertThat(header(server, "tools/call", "Mcp-Session-Id")).isNull();
      assertThat(header(server, "tools/call", "Mcp-Method")).isEqualTo("tools/call");
      assertThat(header(server, "tools/call", "Mcp-Name")).isEqualTo("=?base64?d8O2cmxk?=");
      assertThat(header(server, "tools/call", "Mcp-Param-Region")).isEqualTo("west");
      assertThat(header(server, "tools/call", "MCP-Protocol-Version")).isEqualTo("2026-07-28");
      conversation.end(look());
      assertThat(asked(server, "DELETE")).isNull();
    }
  }
}
