package dev.pharos.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Streamable HTTP with sessions, as revisions 2025-03-26 to 2025-11-25 have it: JSON answers, and a
 * stream to hold. Thread-safe.
 */
final class SessionEndpoint implements HttpHandler {
  private static final String SESSION = "Mcp-Session-Id";
  private static final int MOST_SESSIONS = 1_000;

  private final Toy toy;
  private final Streams streams;
  private final Pace pace;
  private final Set<String> sessions =
      Collections.synchronizedSet(Collections.newSetFromMap(new Bounded()));

  SessionEndpoint(Toy toy, Streams streams, Pace pace) {
    this.toy = toy;
    this.streams = streams;
    this.pace = pace;
  }

  /** The oldest session goes when there are too many: its client may have forgotten it. */
  private static final class Bounded extends LinkedHashMap<String, Boolean> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > MOST_SESSIONS;
    }
  }

  /** Forgets everybody, as a server that is started anew. */
  void forget() {
    sessions.clear();
    streams.endAll();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET") && !Http.foreign(exchange)) {
      get(exchange);
      return;
    }
    try (exchange) {
      if (Http.foreign(exchange)) {
        Http.refuse(exchange, 403);
        return;
      }
      switch (exchange.getRequestMethod()) {
        case "POST" -> post(exchange);
        case "DELETE" -> delete(exchange);
        default -> Http.only(exchange, "GET, POST, DELETE");
      }
    }
  }

  private void post(HttpExchange exchange) throws IOException {
    JsonNode message = Http.message(exchange);
    if (message == null) {
      return;
    }
    String method = message.path("method").asString("");
    if (method.equals("initialize")) {
      String session = UUID.randomUUID().toString();
      sessions.add(session);
      exchange.getResponseHeaders().set(SESSION, session);
    } else if (!knows(exchange)) {
      return;
    }
    answer(exchange, method, message);
  }

  private void answer(HttpExchange exchange, String method, JsonNode message) throws IOException {
    try {
      pace.before(method);
    } catch (InterruptedException e) {
      return; // the server is being stopped
    }
    ObjectNode answer = toy.answer(message);
    if (answer == null) {
      Http.refuse(exchange, 202);
    } else {
      Http.send(exchange, 200, answer);
    }
  }

  /** Whether the request belongs to a session; answers itself when not. */
  private boolean knows(HttpExchange exchange) throws IOException {
    String session = Http.header(exchange, SESSION);
    if (session == null) {
      Http.send(exchange, 400, Toy.refusal(-32000, "Bad Request: Server not initialized"));
      return false;
    }
    if (!sessions.contains(session)) {
      Http.send(exchange, 404, Toy.refusal(-32001, "Session not found"));
      return false;
    }
    return true;
  }

  private void get(HttpExchange exchange) throws IOException {
    @Nullable String session = Http.header(exchange, SESSION);
    if (session != null
        && sessions.contains(session)
        && Http.accepts(exchange, "text/event-stream")) {
      var _ = streams.begin(session, exchange);
      return;
    }
    try (exchange) {
      if (knows(exchange)) {
        Http.refuse(exchange, 406);
      }
    }
  }

  private void delete(HttpExchange exchange) throws IOException {
    String session = Http.header(exchange, SESSION);
    if (knows(exchange) && session != null) {
      sessions.remove(session);
      streams.end(session);
      Http.refuse(exchange, 204);
    }
  }
}
