import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * A toy MCP server over Streamable HTTP: {@code java examples/ToyHttpServer.java [PORT]}, then
 * {@code ./pharos check http://127.0.0.1:PORT/mcp}. Port 3001 when none is given, any free one with
 * 0.
 */
public final class ToyHttpServer {
  private static final int MAX_BODY = 1024 * 1024;
  private static final int MAX_SESSIONS = 10_000;
  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";

  private final Set<String> sessions = ConcurrentHashMap.newKeySet();

  private ToyHttpServer() {}

  /** Serves until it is killed. */
  public static void main(String[] args) throws IOException {
    int port = args.length == 0 ? 3001 : Integer.parseInt(args[0]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/mcp", new ToyHttpServer()::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    System.out.println("listening on http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String session = exchange.getRequestHeaders().getFirst(SESSION);
      if (foreign(exchange.getRequestHeaders())) {
        send(exchange, 403, null);
      } else if (session != null && !sessions.contains(session)) {
        send(exchange, 404, null);
      } else if (exchange.getRequestMethod().equals("POST")) {
        post(exchange);
      } else if (exchange.getRequestMethod().equals("DELETE") && session != null) {
        sessions.remove(session);
        send(exchange, 204, null);
      } else {
        exchange.getResponseHeaders().set("Allow", "POST, DELETE");
        send(exchange, 405, null);
      }
    }
  }

  /** A page of another site must not talk to a server on this machine. */
  private static boolean foreign(Headers headers) {
    String origin = headers.getFirst("Origin");
    return origin != null && !origin.matches("https?://(localhost|127\\.0\\.0\\.1)(:\\d+)?");
  }

  private void post(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      send(exchange, 413, null);
      return;
    }
    String request = new String(body, StandardCharsets.UTF_8);
    String answer = ToyMcp.answer(request);
    if (answer == null) {
      send(exchange, 202, null);
      return;
    }
    if (request.contains("\"initialize\"") && answer.contains("\"result\"")) {
      open(exchange);
    }
    boolean stateless = "2026-07-28".equals(exchange.getRequestHeaders().getFirst(VERSION));
    send(exchange, status(answer, stateless), answer);
  }

  private void open(HttpExchange exchange) {
    if (sessions.size() < MAX_SESSIONS) {
      String id = UUID.randomUUID().toString();
      sessions.add(id);
      exchange.getResponseHeaders().set(SESSION, id);
    }
  }

  /** An unknown method is 404 in the stateless revision; before, 404 means an unknown session. */
  private static int status(String answer, boolean stateless) {
    if (stateless && answer.contains("\"code\":-32601")) {
      return 404;
    }
    return answer.contains("\"code\":-32022") || answer.contains("\"code\":-3270") ? 400 : 200;
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    if (json == null) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    byte[] bytes = ToyMcp.bytes(json);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
