package dev.pharos.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * HTTP+SSE of revision 2024-11-05: all answers come on one stream, whose first event says where to
 * post. Thread-safe.
 */
final class OldEndpoint implements HttpHandler {
  static final String PATH = "/sse";
  private static final String MESSAGES = "/message";
  private static final String SESSION = "sessionId=";

  private final Toy toy;
  private final Streams streams;

  OldEndpoint(Toy toy, Streams streams) {
    this.toy = toy;
    this.streams = streams;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    boolean get = exchange.getRequestMethod().equals("GET");
    boolean stream = exchange.getRequestURI().getPath().equals(PATH);
    if (stream && get && !Http.foreign(exchange)) {
      open(exchange);
      return;
    }
    try (exchange) {
      if (Http.foreign(exchange)) {
        Http.refuse(exchange, 403);
      } else if (stream) {
        Http.only(exchange, "GET");
      } else if (exchange.getRequestURI().getPath().equals(MESSAGES)) {
        post(exchange);
      } else {
        Http.refuse(exchange, 404);
      }
    }
  }

  private void open(HttpExchange exchange) throws IOException {
    String session = UUID.randomUUID().toString();
    EventStream stream = streams.begin(session, exchange);
    if (stream != null && !stream.send("endpoint", MESSAGES + "?" + SESSION + session)) {
      streams.end(session);
    }
  }

  private void post(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      Http.only(exchange, "POST");
      return;
    }
    JsonNode message = Http.message(exchange);
    if (message == null) {
      return;
    }
    String session = session(exchange.getRequestURI().getQuery());
    if (session == null || !streams.has(session)) {
      Http.refuse(exchange, 404);
      return;
    }
    Http.send(exchange, 202, "text/plain", "Accepted".getBytes(StandardCharsets.UTF_8));
    ObjectNode answer = toy.answer(message);
    if (answer != null && !streams.tell(session, answer)) {
      streams.end(session);
    }
  }

  private static @Nullable String session(@Nullable String query) {
    return query != null && query.startsWith(SESSION) ? query.substring(SESSION.length()) : null;
  }
}
