package dev.pharos.testing;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a {@link FakeMcpServer} does where no script says otherwise, and its sessions. */
final class FakeConduct {
  private static final String INFO = "{\"name\":\"fake\",\"version\":\"1.2.3\"}";
  private static final String STATELESS_REVISION = "2026-07-28";

  enum Speaks {
    SESSION,
    STATELESS,
    BOTH
  }

  final FakeLists lists = new FakeLists();
  final Set<String> sessions = ConcurrentHashMap.newKeySet();
  final Map<String, FakeStream> streams = new ConcurrentHashMap<>();
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();
  volatile Speaks speaks = Speaks.SESSION;
  volatile String revision = "2025-11-25";
  volatile boolean givesSessions = true;
  volatile boolean oldTransport;
  volatile boolean holds;
  volatile int lostStatus = 404;
  private final AtomicInteger numbers = new AtomicInteger();

  void get(FakeExchange exchange) throws IOException {
    if (!oldTransport && !holds) {
      exchange.header("Allow: POST").answer(405, "text/plain", "no stream here");
      return;
    }
    String name = FakeMcpServer.SESSION_CANARY + numbers.incrementAndGet();
    FakeStream stream = new FakeStream();
    streams.put(name, stream);
    exchange.head(200, "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
    if (oldTransport) {
      exchange.event("event: endpoint\ndata: /message?sessionId=" + name + "\n\n");
    }
    stream.pump(exchange.peer());
  }

  void delete(FakeExchange exchange) throws IOException {
    String session = exchange.request().header("Mcp-Session-Id");
    if (session != null && sessions.remove(session)) {
      ended.incrementAndGet();
      exchange.answer(200, "text/plain", "");
    } else {
      exchange.answer(lostStatus, "text/plain", "no such session");
    }
  }

  void post(FakeExchange exchange) throws IOException {
    boolean stateless = exchange.request().header("Mcp-Method") != null;
    if (oldTransport && exchange.path().equals("/sse")) {
      exchange.answer(405, "text/plain", "GET only");
    } else if (stateless && speaks == Speaks.SESSION) {
      refuse(exchange, -32000, "Bad Request: Server not initialized");
    } else if (!stateless && speaks == Speaks.STATELESS) {
      exchange.answer(
          400,
          "application/json",
          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32022,\"message\":\"Unsupported version\",\"data\":{\"supported\":[\"%s\"]}}}"
              .formatted(exchange.id(), STATELESS_REVISION));
    } else if (stateless || knowsSession(exchange)) {
      request(exchange, stateless);
    }
  }

  private static void refuse(FakeExchange exchange, int code, String text) throws IOException {
    exchange.answer(400, "application/json", exchange.errorBody(code, text));
  }

  private boolean knowsSession(FakeExchange exchange) throws IOException {
    if (!givesSessions || oldTransport || exchange.method().equals("initialize")) {
      return true;
    }
    String session = exchange.request().header("Mcp-Session-Id");
    if (session == null) {
      refuse(exchange, -32000, "Bad Request: no session id");
      return false;
    }
    if (!sessions.contains(session)) {
      exchange.answer(
          lostStatus, "application/json", exchange.errorBody(-32001, "Session not found"));
      return false;
    }
    return true;
  }

  private void request(FakeExchange exchange, boolean stateless) throws IOException {
    String method = exchange.method();
    String extra =
        stateless ? ",\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\"private\"" : "";
    String page = lists.page(method, exchange.params().path("cursor").asString(""));
    if (method.startsWith("notifications/")) {
      exchange.answer(202, "text/plain", "");
    } else if (method.equals("initialize")) {
      initialize(exchange);
    } else if (method.equals("server/discover")) {
      exchange.result(
          "{\"supportedVersions\":[\"%s\"],\"capabilities\":%s,\"serverInfo\":%s%s}"
              .formatted(STATELESS_REVISION, lists.capabilities(), INFO, extra));
    } else if (page != null) {
      exchange.result("{" + page + extra + "}");
    } else if (method.equals("ping")) {
      exchange.result("{}");
    } else if (stateless) {
      exchange.answer(404, "application/json", exchange.errorBody(-32601, "Method not found"));
    } else {
      exchange.error(-32601, "Method not found");
    }
  }

  private void initialize(FakeExchange exchange) throws IOException {
    if (givesSessions && !oldTransport) {
      String session = FakeMcpServer.SESSION_CANARY + numbers.incrementAndGet();
      sessions.add(session);
      opened.incrementAndGet();
      exchange.header("Mcp-Session-Id: " + session);
    }
    exchange.result(
        "{\"protocolVersion\":\"%s\",\"capabilities\":%s,\"serverInfo\":%s}"
            .formatted(revision, lists.capabilities(), INFO));
  }
}
