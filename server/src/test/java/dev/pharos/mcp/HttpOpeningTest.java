package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawRequest;
import dev.pharos.testing.RawServer;
import dev.pharos.trace.Era;
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

/** Which era does a server speak? The rules of the protocol, one by one. */
@Timeout(60)
class HttpOpeningTest extends McpTest {
  private static final Known PINNED_STATELESS = new Known(Era.STATELESS, null, true);

  @Test
  void a_discovery_answer_is_the_stateless_era() throws FailureException {
    try (RawServer server =
        serving((peer, request) -> json(peer, 200, result(request, DISCOVERED)))) {
      Conversation conversation = open(server, look());
      assertThat(conversation.era()).isEqualTo(Era.STATELESS);
      assertThat(conversation.revision()).isEqualTo("2026-07-28");
      assertThat(conversation.offers(ListKind.TOOLS)).isTrue();
      assertThat(conversation.offers(ListKind.PROMPTS)).isFalse();
      assertThat(conversation.sessionId()).isNull();
      assertThat(server.requests()).hasSize(1);
      RawRequest request = server.requests().getFirst();
      assertThat(request.header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
      assertThat(request.header("Mcp-Method")).isEqualTo("server/discover");
      assertThat(request.header("Accept")).isEqualTo("application/json, text/event-stream");
      assertThat(request.header("Content-Type")).isEqualTo("application/json");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          400 | application/json | {"jsonrpc":"2.0","error":{"code":-32000,"message":"no"},"id":null}
          404 | application/json | {"jsonrpc":"2.0","error":{"code":-32601,"message":"no"},"id":1}
          400 | application/json | {"jsonrpc":"2.0","error":{"code":-32602,"message":"no"},"id":1}
          400 | application/json | {"jsonrpc":"2.0","error":{"code":-32020,"message":"no"},"id":1}
          404 | text/html        | <html>no</html>
          405 | text/plain       | no
          406 | text/plain       | no
          415 | text/plain       | no
          200 | text/html        | <html>hello</html>
          200 | application/json | {"jsonrpc":"2.0","error":{"code":-32601,"message":"no"},"id":1}
          200 | application/json | {"jsonrpc":"2.0","result":{},"id":1}
          200 | application/json | {"jsonrpc":"2.0","result":{"supportedVersions":"x"},"id":1}
          200 | application/json | {"jsonrpc":"2.0","result":{"supportedVersions":["2025-11-25"]},"id":1}
          200 | application/json | {"jsonrpc":"2.0","result":{},"id":99}
          200 | application/json | {"result":{}}
          200 | application/json | nonsense
          202 | text/plain       | Accepted
          400 | application/json | {"jsonrpc":"2.0","error":{"code":-32022,"message":"no"},"id":1}
          400 | application/json | {"jsonrpc":"2.0","error":{"code":-32022,"message":"no","data":{"supported":["2025-06-18"]}},"id":1}
          """)
  void any_other_answer_is_the_session_era(int status, String type, String body)
      throws FailureException {
    try (RawServer server = serving(handshaking((peer, _) -> peer.answer(status, type, body)))) {
      Conversation conversation = open(server, look());
      assertThat(conversation.era()).isEqualTo(Era.SESSION);
      assertThat(conversation.revision()).isEqualTo("2025-11-25");
      assertThat(asked(server))
          .containsExactly("server/discover", "initialize", "notifications/initialized");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "500, HTTP_500",
    "502, HTTP_502",
    "503, HTTP_503",
    "504, HTTP_504",
    "529, HTTP_5XX",
    "429, HTTP_429",
    "401, AUTH_REQUIRED",
    "403, FORBIDDEN",
  })
  void outages_and_refusals_say_nothing_of_the_era(int status, FailureKind kind) {
    try (RawServer server =
        serving(handshaking((peer, _) -> peer.answer(status, "text/plain", "words")))) {
      assertThat(kindOf(() -> open(server, look()))).isEqualTo(kind);
      assertThat(asked(server)).containsExactly("server/discover");
    }
  }

  @Test
  void a_broken_answer_says_nothing_of_the_era() {
    try (RawServer server = serving(handshaking((peer, _) -> peer.reset()))) {
      assertThat(kindOf(() -> open(server, look())))
          .isIn(FailureKind.RESET, FailureKind.EMPTY_REPLY);
      assertThat(asked(server)).doesNotContain("initialize");
    }
  }

  @Test
  void silence_to_the_discovery_leads_to_the_handshake() throws FailureException {
    try (RawServer server = serving(handshaking((peer, _) -> peer.hold()))) {
      assertThat(open(server, look()).era()).isEqualTo(Era.SESSION);
    }
  }

  @Test
  void silence_throughout_is_a_timeout() {
    try (RawServer server = serving((peer, _) -> peer.hold())) {
      assertThat(kindOf(() -> open(server, look(1500)))).isEqualTo(FailureKind.TIMEOUT_FIRST_BYTE);
    }
  }

  @Test
  void a_silent_server_that_is_pinned_to_the_stateless_era_is_a_timeout_too() {
    try (RawServer server = serving(handshaking((peer, _) -> peer.hold()))) {
      assertThat(kindOf(() -> open(server, PINNED_STATELESS, look(1000))))
          .isEqualTo(FailureKind.TIMEOUT_FIRST_BYTE);
      assertThat(asked(server)).containsExactly("server/discover");
    }
  }

  @Test
  void a_pinned_stateless_server_may_take_longer_than_a_search_would_wait()
      throws FailureException {
    try (RawServer server =
        serving((peer, request) -> {
          peer.pause((int) SETTINGS.discoverWait().toMillis() + 300);
          json(peer, 200, result(request, DISCOVERED));
        })) {
      assertThat(open(server, PINNED_STATELESS, look()).era()).isEqualTo(Era.STATELESS);
    }
  }

  @Test
  void a_pinned_stateless_server_that_does_not_understand_is_no_such_server() {
    try (RawServer server =
        serving(handshaking((peer, _) -> peer.answer(404, "text/plain", "no")))) {
      assertThat(kindOf(() -> open(server, PINNED_STATELESS, look())))
          .isEqualTo(FailureKind.NOT_MCP);
    }
    try (RawServer server =
        serving(handshaking((peer, _) -> peer.answer(200, "text/html", "no")))) {
      assertThat(kindOf(() -> open(server, PINNED_STATELESS, look())))
          .isEqualTo(FailureKind.CONTENT_TYPE);
    }
  }

  @ParameterizedTest
  @CsvSource({"400, INITIALIZED_REJECTED", "404, INITIALIZED_REJECTED", "503, HTTP_503"})
  void a_refused_initialized_notification_fails(int status, FailureKind kind) {
    try (RawServer server =
        serving((peer, request) -> {
          if (method(request).equals("initialize")) {
            json(peer, 200, result(request, initialized("2025-11-25")));
          } else {
            peer.answer(status, "text/plain", "no");
          }
        })) {
      assertThat(kindOf(() -> open(server, new Known(Era.SESSION, null, true), look())))
          .isEqualTo(kind);
    }
  }

  @Test
  void an_answer_to_initialized_that_never_ends_does_not_hold_us_up() throws FailureException {
    try (RawServer server =
        serving((peer, request) -> {
          if (method(request).equals("notifications/initialized")) {
            stream(peer);
            peer.hold();
          }
          json(peer, 200, result(request, initialized("2025-11-25")));
        })) {
      Look look = look();
      assertThat(open(server, new Known(Era.SESSION, null, true), look).era())
          .isEqualTo(Era.SESSION);
      assertThat(look.deadline().expired()).isFalse();
    }
  }

  @Test
  void what_is_no_mcp_at_all_is_told_with_all_three_answers() {
    try (RawServer server = serving((peer, _) -> peer.answer(405, "text/html", "<b>shop</b>"))) {
      FailureException failure = failureOf(() -> open(server, look()));
      assertThat(failure.kind()).isEqualTo(FailureKind.HTTP_405);
      assertThat(failure.detail())
          .contains("not an MCP endpoint", "initialize", "server/discover", "GET", "shop");
      assertThat(asked(server)).containsExactly("server/discover", "initialize", "GET");
    }
  }

  @Test
  void a_stream_without_an_endpoint_event_does_not_hide_why_the_handshake_failed() {
    try (RawServer server =
        serving((peer, request) -> {
          if (request.method().equals("GET")) {
            stream(peer);
            peer.hold();
          }
          peer.answer(400, "text/plain", "broken inside");
        })) {
      FailureException failure = failureOf(() -> open(server, look()));
      assertThat(failure.kind()).isEqualTo(FailureKind.HTTP_400);
      assertThat(failure.detail()).contains("broken inside", "endpoint event did not come");
    }
  }

  @Test
  void hidden_characters_in_the_instructions_are_noted() throws FailureException {
    try (RawServer server =
        serving((peer, request) ->
            json(
                peer,
                200,
                result(
                    request, DISCOVERED.replace("{\"r", "{\"instructions\":\"a\\u200bb\",\"r"))))) {
      Look look = look();
      open(server, look);
      assertThat(kinds(look)).containsExactly(FindingKind.HIDDEN_UNICODE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void a_refusal_that_new_credentials_do_not_change_is_no_evidence_either(int status) {
    Authorizer hopeful =
        new Authorizer() {
          @Override
          public List<dev.pharos.net.Header> headers(Look look) {
            return List.of();
          }

          @Override
          public boolean refused(Refusal refusal, Look look) {
            return true;
          }
        };
    try (RawServer server =
        serving(handshaking((peer, _) -> peer.answer(status, "text/plain", "no")))) {
      Endpoint endpoint =
          new Endpoint.Http(
              java.net.URI.create(server.url("/mcp")), Endpoint.Http.Choice.EITHER, List.of());
      assertThat(kindOf(() -> opener.open(endpoint, hopeful, Known.NOTHING, look())))
          .isEqualTo(status == 401 ? FailureKind.AUTH_REJECTED : FailureKind.FORBIDDEN);
      assertThat(asked(server)).containsExactly("server/discover", "server/discover");
    }
  }
}
