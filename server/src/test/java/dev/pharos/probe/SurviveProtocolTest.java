package dev.pharos.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.EraChoice;
import dev.pharos.fleet.Observation;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.trace.Era;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.TransportKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that arrive whole and say nothing good. */
class SurviveProtocolTest extends Survival {
  /** The answer, and what it is called when it comes to {@code tools/list}. */
  private static final String ANSWERS =
      """
      hello there                                                        | INVALID_JSON
      {"jsonrpc":"2.0","id":{id},"result":{"tools":[                     | INVALID_JSON
      "just a text"                                                      | INVALID_JSONRPC
      {"tools":[]}                                                       | INVALID_JSONRPC
      {"jsonrpc":"1.0","id":{id},"result":{"tools":[]}}                  | INVALID_JSONRPC
      {"jsonrpc":"2.0","id":{id}}                                        | INVALID_JSONRPC
      {"jsonrpc":"2.0","id":{id},"error":{"message":"no code"}}          | INVALID_JSONRPC
      {"jsonrpc":"2.0","id":{id},"error":"no object"}                    | INVALID_JSONRPC
      {"jsonrpc":"2.0","id":{id},"error":{"code":"text"}}                | INVALID_JSONRPC
      {"jsonrpc":"2.0","id":999999,"result":{"tools":[]}}                | ID_MISMATCH
      {"jsonrpc":"2.0","id":"{id}","result":{"tools":[]}}                | ID_MISMATCH
      {"jsonrpc":"2.0","method":"notifications/message"}                 | ID_MISMATCH
      {"jsonrpc":"2.0","id":{id},"result":"tools"}                       | SCHEMA_VIOLATION
      {"jsonrpc":"2.0","id":{id},"result":null}                          | SCHEMA_VIOLATION
      {"jsonrpc":"2.0","id":{id},"result":[]}                            | SCHEMA_VIOLATION
      {"jsonrpc":"2.0","id":{id},"result":{}}                            | SCHEMA_VIOLATION
      {"jsonrpc":"2.0","id":{id},"result":{"tools":{}}}                  | SCHEMA_VIOLATION
      {"jsonrpc":"2.0","id":{id},"result":{"tools":[1]}}                 | SCHEMA_VIOLATION
      {"jsonrpc":"2.0","id":{id},"result":{"tools":[{"title":"x"}]}}     | SCHEMA_VIOLATION
      {"jsonrpc":"2.0","id":{id},"result":{"tools":[],"nextCursor":7}}   | SCHEMA_VIOLATION
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = ANSWERS)
  void a_list_is_answered_with(String answer, FailureKind kind) {
    try (FakeMcpServer server = FakeMcpServer.start().on("tools/list", x -> x.send(answer))) {
      is(failure(target(server.url())), Stage.LIST, kind);
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          hello there                                                               | INVALID_JSON
          {"status":"up"}                                                           | INVALID_JSONRPC
          {"jsonrpc":"2.0","id":999999,"result":{}}                                 | ID_MISMATCH
          {"jsonrpc":"2.0","id":{id},"result":"ok"}                                 | SCHEMA_VIOLATION
          {"jsonrpc":"2.0","id":{id},"result":{}}                                   | SCHEMA_VIOLATION
          {"jsonrpc":"2.0","id":{id},"result":{"protocolVersion":3}}                | SCHEMA_VIOLATION
          {"jsonrpc":"2.0","id":{id},"result":{"protocolVersion":"1999-01-01"}}     | NO_COMMON_VERSION
          {"jsonrpc":"2.0","id":{id},"error":{"code":-32603,"message":"on fire"}}   | INITIALIZE_ERROR
          {"jsonrpc":"2.0","id":{id},"error":{"message":"no code"}}                 | INVALID_JSONRPC
          """)
  void everything_is_answered_with(String answer, FailureKind kind) {
    try (FakeMcpServer server = FakeMcpServer.start().on("*", x -> x.send(answer))) {
      is(failure(target(server.url())), Stage.HANDSHAKE, kind);
    }
  }

  @ParameterizedTest
  @CsvSource({"initialize, HANDSHAKE", "tools/list, LIST"})
  void bytes_that_are_not_utf_8(String method, Stage stage) {
    FakeMcpServer.Answer latin =
        x -> {
          byte[] body =
              "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"tools\":[],\"x\":\"caf\u00e9\"}}"
                  .formatted(x.id())
                  .getBytes(ISO_8859_1);
          x.head(200, "Content-Type: application/json", "Content-Length: " + body.length);
          x.peer().write(body);
        };
    try (FakeMcpServer server = FakeMcpServer.start().on(method, latin)) {
      is(failure(target(server.url())), stage, FailureKind.INVALID_UTF8);
    }
  }

  @ParameterizedTest
  @CsvSource({"server/discover, HANDSHAKE", "initialize, HANDSHAKE", "tools/list, LIST"})
  void json_that_is_nested_too_deep(String method, Stage stage) {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    try (FakeMcpServer server =
        FakeMcpServer.start().on(method, x -> x.result("{\"tools\":[],\"deep\":" + deep + "}"))) {
      is(failure(target(server.url())), stage, FailureKind.TOO_DEEP);
    }
  }

  @Test
  void an_answer_that_comes_twice_counts_once_and_is_noted() {
    String answer = "{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{\"tools\":[]}}";
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "tools/list",
                x -> {
                  x.begin();
                  x.event(("data: " + answer.replace("{id}", x.id()) + "\n\n").repeat(2));
                  x.end();
                })) {
      assertThat(findings(healthy(server))).containsExactly(FindingKind.STRAY_MESSAGE);
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void text_behind_the_answer_is_noted() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "tools/list",
                x ->
                    x.send(
                        "{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{\"tools\":[]}} <!-- served by -->"))) {
      assertThat(findings(healthy(server))).containsExactly(FindingKind.TRAILING_DATA);
    }
  }

  @Test
  void an_error_in_place_of_a_list() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on("tools/list", x -> x.error(-32603, "the \\u0007database is down"))) {
      Failure failure = failure(target(server.url()));
      is(failure, Stage.LIST, FailureKind.LIST_ERROR);
      assertThat(failure.message()).contains("-32603", "database is down");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, INITIALIZED_REJECTED, HANDSHAKE",
    "404, INITIALIZED_REJECTED, HANDSHAKE",
    "500, HTTP_500, HTTP"
  })
  void the_notification_after_the_handshake_is_refused(int status, FailureKind kind, Stage stage) {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on("notifications/initialized", x -> x.answer(status, "text/plain", "no"))) {
      is(failure(target(server.url())), stage, kind);
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void a_request_that_is_only_accepted() {
    try (FakeMcpServer server =
        FakeMcpServer.start().on("tools/list", x -> x.answer(202, "text/plain", ""))) {
      is(failure(target(server.url())), Stage.HTTP, FailureKind.HTTP_2XX);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"})
  void every_revision_with_a_handshake_is_spoken(String revision) {
    try (FakeMcpServer server = FakeMcpServer.start().revision(revision)) {
      Observation seen = healthy(server);
      assertThat(seen.facts().protocolVersion()).isEqualTo(revision);
      assertThat(seen.facts().era()).isEqualTo(Era.SESSION);
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
      assertThat(server.requests("DELETE")).hasSize(1);
    }
  }

  @Test
  void the_stateless_revision_is_spoken() {
    try (FakeMcpServer server = FakeMcpServer.start().stateless().tools(3).events()) {
      Observation seen = healthy(server);
      assertThat(seen.facts().protocolVersion()).isEqualTo("2026-07-28");
      assertThat(seen.facts().era()).isEqualTo(Era.STATELESS);
      assertThat(seen.counts().tools()).isEqualTo(3);
      assertThat(server.requests("DELETE")).isEmpty();
    }
  }

  @Test
  void a_server_of_both_eras_is_spoken_to_in_the_newer_or_the_wanted_one() {
    try (FakeMcpServer server = FakeMcpServer.start().bothEras()) {
      assertThat(healthy(server).facts().era()).isEqualTo(Era.STATELESS);
      assertThat(healthy(target(server.url()).withEra(EraChoice.SESSION)).facts().era())
          .isEqualTo(Era.SESSION);
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void a_server_without_the_wanted_era() {
    try (FakeMcpServer server = FakeMcpServer.start()) {
      is(
          failure(target(server.url()).withEra(EraChoice.STATELESS)),
          Stage.HANDSHAKE,
          FailureKind.NOT_MCP);
    }
    try (FakeMcpServer server = FakeMcpServer.start().stateless()) {
      is(
          failure(target(server.url()).withEra(EraChoice.SESSION)),
          Stage.HANDSHAKE,
          FailureKind.NO_COMMON_VERSION);
    }
  }

  @Test
  void only_versions_that_we_do_not_speak() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "server/discover",
                x -> x.result("{\"supportedVersions\":[\"2099-01-01\"],\"capabilities\":{}}"))) {
      Failure failure = failure(target(server.url()));
      is(failure, Stage.HANDSHAKE, FailureKind.NO_COMMON_VERSION);
      assertThat(failure.message()).contains("2099-01-01");
    }
  }

  @Test
  void the_old_transport_is_spoken() {
    try (FakeMcpServer server = FakeMcpServer.start().oldTransport().tools(2)) {
      Observation seen = healthy(server);
      assertThat(seen.facts().transport()).isEqualTo(TransportKind.SSE);
      assertThat(seen.counts().tools()).isEqualTo(2);
      assertThat(findings(seen)).contains(FindingKind.DEPRECATED_TRANSPORT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://other.test:1/steal", "//other.test/steal", "::", ""})
  void an_endpoint_elsewhere_is_refused(String endpoint) {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .oldTransport()
            .on(
                "GET",
                x -> {
                  x.head(200, "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
                  x.event("event: endpoint\ndata: " + endpoint + "\n\n");
                  x.peer().hold();
                })) {
      is(failure(hurried(target(server.url()))), Stage.HANDSHAKE, FailureKind.ENDPOINT_REJECTED);
    }
  }

  @Test
  void the_old_transports_stream_ends_in_mid_check() {
    try (FakeMcpServer server = FakeMcpServer.start().oldTransport()) {
      server.on(
          "tools/list",
          x -> {
            x.begin();
            server.endStreams();
          });
      is(failure(target(server.url())), Stage.LIST, FailureKind.STREAM_ENDED);
    }
  }
}
