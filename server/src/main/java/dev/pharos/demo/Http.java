package dev.pharos.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Small things about HTTP that all toy servers need. */
final class Http {
  private static final int MAX_BODY = 1024 * 1024;
  private static final byte[] NOTHING = {};

  private Http() {}

  /** The message of a POST; answers itself and returns null when it is none. */
  static @Nullable JsonNode message(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      refuse(exchange, 413);
      return null;
    }
    try {
      JsonNode message = JsonMapper.shared().readTree(body);
      if (message.isObject()) {
        return message;
      }
    } catch (JacksonException e) {
      // Answered like any other body that is no message.
    }
    send(exchange, 400, Toy.refusal(-32700, "Parse error"));
    return null;
  }

  static void send(HttpExchange exchange, int status, JsonNode message) throws IOException {
    send(exchange, status, "application/json", JsonMapper.shared().writeValueAsBytes(message));
  }

  /** Answers with a status alone. */
  static void refuse(HttpExchange exchange, int status) throws IOException {
    send(exchange, status, "", NOTHING);
  }

  /** Answers 405, saying which methods there are. */
  static void only(HttpExchange exchange, String methods) throws IOException {
    exchange.getResponseHeaders().set("Allow", methods);
    refuse(exchange, 405);
  }

  static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    if (!type.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  static @Nullable String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  static boolean accepts(HttpExchange exchange, String type) {
    String accepted = header(exchange, "Accept");
    return accepted != null && accepted.contains(type);
  }

  /** A page of another site must not talk to a server on this machine. */
  static boolean foreign(HttpExchange exchange) {
    String origin = header(exchange, "Origin");
    return origin != null && !origin.matches("https?://(localhost|127\\.0\\.0\\.1)(:\\d+)?");
  }

  /** The status with which stateless servers send an answer. */
  static int status(ObjectNode answer) {
    return answer.path("error").path("code").asInt(0) == Toy.UNKNOWN_METHOD ? 404 : 200;
  }
}
