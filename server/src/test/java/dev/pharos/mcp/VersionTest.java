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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which revision is agreed on? */
@Timeout(60)
class VersionTest extends McpTest {
  @ParameterizedTest
  @ValueSource(ints = {200, 400})
  void the_same_version_offered_again_is_asked_once_more(int status) throws FailureException {
    try (RawServer server =
        RawServer.plain(peer -> {
          refuseVersion(peer, peer.readRequest(), status, "[\"2026-07-28\"]");
          while (true) {
            json(peer, 200, result(peer.readRequest(), DISCOVERED));
          }
        })) {
      assertThat(open(server, look()).era()).isEqualTo(Era.STATELESS);
      assertThat(asked(server)).containsExactly("server/discover", "server/discover");
      assertThat(id(server.requests().getFirst())).isNotEqualTo(id(server.requests().getLast()));
    }
  }

  private static void refuseVersion(RawPeer peer, RawRequest request, int status, String supported)
      throws IOException {
    json(
        peer,
        status,
        error(request, -32022, "version", "{\"supported\":" + supported + ",\"requested\":\"x\"}"));
  }

  @Test
  void a_version_refused_for_ever_is_asked_only_twice() {
    try (RawServer server =
        serving((peer, request) -> refuseVersion(peer, request, 400, "[\"2026-07-28\"]"))) {
      FailureException failure = failureOf(() -> open(server, look()));
      assertThat(failure.kind()).isEqualTo(FailureKind.NO_COMMON_VERSION);
      assertThat(failure.detail()).contains("2026-07-28", "refuses");
      assertThat(asked(server)).containsExactly("server/discover", "server/discover");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ["2099-01-01"]             | 400
          ["2099-01-01","3000-01-01"] | 200
          """)
  void without_a_common_version_nothing_else_is_tried(String supported, int status) {
    try (RawServer server =
        serving(handshaking((peer, request) -> refuseVersion(peer, request, status, supported)))) {
      FailureException failure = failureOf(() -> open(server, look()));
      assertThat(failure.kind()).isEqualTo(FailureKind.NO_COMMON_VERSION);
      assertThat(failure.detail()).contains("2099-01-01");
      assertThat(asked(server)).containsExactly("server/discover");
    }
  }

  @Test
  void a_discovery_that_offers_only_unknown_versions_has_none_in_common() {
    try (RawServer server =
        serving((peer, request) ->
            json(peer, 200, result(request, "{\"supportedVersions\":[\"2099-01-01\"]}")))) {
      assertThat(kindOf(() -> open(server, look()))).isEqualTo(FailureKind.NO_COMMON_VERSION);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400})
  void a_handshake_refused_with_other_versions_is_made_with_one_of_them(int status)
      throws FailureException {
    try (RawServer server =
        serving((peer, request) -> {
          if (request.body().contains("\"protocolVersion\":\"2025-06-18\"")) {
            json(peer, 200, result(request, initialized("2025-06-18")));
          } else if (method(request).equals("initialize")) {
            json(
                peer,
                status,
                error(
                    request, -32602, "version", "{\"supported\":[\"2025-06-18\",\"2024-11-05\"]}"));
          } else {
            json(peer, method(request).startsWith("n") ? 202 : 404, "");
          }
        })) {
      assertThat(open(server, look()).revision()).isEqualTo("2025-06-18");
    }
  }

  @Test
  void a_server_without_handshake_says_so_to_initialize() {
    try (RawServer server =
        serving((peer, request) -> {
          if (method(request).equals("initialize")) {
            refuseVersion(peer, request, 400, "[\"2026-07-28\"]");
          } else {
            peer.answer(404, "text/plain", "");
          }
        })) {
      assertThat(kindOf(() -> open(server, new Known(Era.SESSION, null, true), look())))
          .isEqualTo(FailureKind.NO_COMMON_VERSION);
    }
  }

  @Test
  void a_remembered_session_server_that_became_stateless_is_found_again() throws FailureException {
    try (RawServer server =
        serving((peer, request) -> {
          if (method(request).equals("initialize")) {
            refuseVersion(peer, request, 400, "[\"2026-07-28\"]");
          } else {
            json(peer, 200, result(request, DISCOVERED));
          }
        })) {
      Look look = look();
      assertThat(open(server, new Known(Era.SESSION, null, false), look).era())
          .isEqualTo(Era.STATELESS);
      assertThat(kinds(look)).containsExactly(FindingKind.ERA_CHANGED);
    }
  }

  @ParameterizedTest
  @CsvSource({"2026-07-28", "1999-01-01", "''"})
  void a_handshake_answered_with_a_version_we_do_not_speak_fails(String revision) {
    try (RawServer server =
        serving((peer, request) -> json(peer, 200, result(request, initialized(revision))))) {
      assertThat(kindOf(() -> open(server, new Known(Era.SESSION, null, true), look())))
          .isEqualTo(FailureKind.NO_COMMON_VERSION);
    }
  }
}
