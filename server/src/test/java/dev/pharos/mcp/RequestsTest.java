package dev.pharos.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.FailureException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RequestsTest extends McpTest {
  private static final String META = "io.modelcontextprotocol/";
  private final Requests requests =
      new Requests(
          new McpSettings(
              "pha\"ros", "1.0\n", 1, 1, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)));

  private static JsonNode message(byte[] bytes) throws FailureException {
    String text = new String(bytes, UTF_8);
    assertThat(text).doesNotContain("\n");
    JsonNode message = JSON.tree(text);
    assertThat(message.path("jsonrpc").asString()).isEqualTo("2.0");
    return message;
  }

  @Test
  void initialize_says_who_we_are_and_declares_nothing() throws FailureException {
    JsonNode message = message(requests.initialize(7, "2025-11-25"));
    assertThat(message.path("id").longValue()).isEqualTo(7);
    assertThat(message.path("method").asString()).isEqualTo("initialize");
    JsonNode params = message.path("params");
    assertThat(params.path("protocolVersion").asString()).isEqualTo("2025-11-25");
    assertThat(params.path("capabilities").isObject()).isTrue();
    assertThat(params.path("capabilities").size()).isZero();
    assertThat(params.path("clientInfo").path("name").asString()).isEqualTo("pha\"ros");
    assertThat(params.path("clientInfo").path("version").asString()).isEqualTo("1.0\n");
  }

  @Test
  void a_stateless_request_carries_its_meta_beside_its_params() throws FailureException {
    for (String given : new String[] {"", "\"cursor\":\"c\""}) {
      JsonNode message = message(requests.stateless(8, "tools/list", given, "2026-07-28"));
      JsonNode meta = message.path("params").path("_meta");
      assertThat(meta.path(META + "protocolVersion").asString()).isEqualTo("2026-07-28");
      assertThat(meta.path(META + "clientCapabilities").isObject()).isTrue();
      assertThat(meta.path(META + "clientInfo").path("name").asString()).isEqualTo("pha\"ros");
      assertThat(message.path("params").path("cursor").asString(""))
          .isEqualTo(given.isEmpty() ? "" : "c");
    }
  }

  @Test
  void a_request_without_params_has_none() throws FailureException {
    assertThat(message(requests.request(9, "ping", "")).has("params")).isFalse();
    JsonNode message = message(requests.request(9, "tools/list", "\"cursor\":\"\""));
    assertThat(message.path("params").path("cursor").isString()).isTrue();
  }

  @Test
  void notifications_have_no_id() throws FailureException {
    JsonNode ready = message(requests.initialized());
    assertThat(ready.has("id")).isFalse();
    assertThat(ready.path("method").asString()).isEqualTo("notifications/initialized");
    JsonNode cancelled = message(Requests.cancelled(5, "late \"\n"));
    assertThat(cancelled.has("id")).isFalse();
    assertThat(cancelled.path("params").path("requestId").longValue()).isEqualTo(5);
  }

  @Test
  void answers_repeat_the_id_as_it_came() throws FailureException {
    assertThat(message(Requests.pong("\"a\"")).path("id").asString()).isEqualTo("a");
    assertThat(message(Requests.pong("3")).path("result").isObject()).isTrue();
    JsonNode refusal = message(Requests.notFound("null"));
    assertThat(refusal.path("id").isNull()).isTrue();
    assertThat(refusal.path("error").path("code").intValue()).isEqualTo(-32601);
  }
}
