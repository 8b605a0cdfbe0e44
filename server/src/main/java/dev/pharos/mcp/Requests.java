package dev.pharos.mcp;

import java.nio.charset.StandardCharsets;

/** Writes the messages that we send. Immutable. */
final class Requests {
  private final String clientInfo;

  Requests(McpSettings settings) {
    clientInfo =
        "{\"name\":%s,\"version\":%s}"
            .formatted(Json.quote(settings.clientName()), Json.quote(settings.clientVersion()));
  }

  byte[] initialize(long id, String revision) {
    return bytes(
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"%s\",\"capabilities\":{},\"clientInfo\":%s}}"
            .formatted(id, revision, clientInfo));
  }

  byte[] initialized() {
    return bytes("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
  }

  /**
   * A request of the session era.
   *
   * @param params the fields of the params object as JSON, or empty for none
   */
  byte[] request(long id, String method, String params) {
    String rest = params.isEmpty() ? "\"}" : "\",\"params\":{" + params + "}}";
    return bytes("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + rest);
  }

  /** A request of the stateless era, which says in each one who we are. */
  byte[] stateless(long id, String method, String params, String revision) {
    return bytes(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id
            + ",\"method\":\""
            + method
            + "\",\"params\":{"
            + params
            + (params.isEmpty() ? "" : ",")
            + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\""
            + revision
            + "\",\"io.modelcontextprotocol/clientCapabilities\":{},\"io.modelcontextprotocol/clientInfo\":"
            + clientInfo
            + "}}}");
  }

  /** The answer to a {@code ping}. */
  static byte[] pong(String idJson) {
    return bytes("{\"jsonrpc\":\"2.0\",\"id\":" + idJson + ",\"result\":{}}");
  }

  /** The refusal of a request that we did not declare to understand. */
  static byte[] notFound(String idJson) {
    return bytes(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + idJson
            + ",\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
  }

  static byte[] cancelled(long id, String reason) {
    return bytes(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
            + id
            + ",\"reason\":"
            + Json.quote(reason)
            + "}}");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
