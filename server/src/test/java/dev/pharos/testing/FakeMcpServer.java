package dev.pharos.testing;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A small MCP server over real HTTP on a free port of 127.0.0.1, with one tool to begin with:
 * session era, session ids, JSON answers at any path. What it does otherwise is set before it is
 * asked; what it does to one method is scripted.
 *
 * <pre>{@code
 * try (FakeMcpServer server = FakeMcpServer.start().events().tools(20)) {
 *   server.once("tools/list", x -> x.answer(503, "text/plain", "later"));
 *   … server.url() …
 *   assertThat(server.ended()).isEqualTo(server.opened());
 * }
 * }</pre>
 */
public final class FakeMcpServer implements AutoCloseable {
  /** Begins every session id: no outcome may show one. */
  public static final String SESSION_CANARY = "canary-session-";

  private static final String INFO = "{\"name\":\"fake\",\"version\":\"1.2.3\"}";
  private static final String STATELESS_REVISION = "2026-07-28";

  /** What answers a request. */
  @FunctionalInterface
  public interface Answer {
    void give(FakeExchange exchange) throws IOException;
  }

  /** What stands before the server: null lets a request pass. */
  @FunctionalInterface
  public interface Gate {
    @Nullable Answer refusal(RawRequest request);
  }

  private enum Speaks {
    SESSION,
    STATELESS,
    BOTH
  }

  private final RawServer server;
  private final FakeLists lists = new FakeLists();
  private final Map<String, Answer> always = new ConcurrentHashMap<>();
  private final Map<String, Queue<Answer>> next = new ConcurrentHashMap<>();
  private final Map<String, Answer> pages = new ConcurrentHashMap<>();
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();
  private final Map<String, FakeStream> streams = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<String>> replies = new ConcurrentHashMap<>();
  private final Queue<FakeExchange> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile Speaks speaks = Speaks.SESSION;
  private volatile String revision = "2025-11-25";
  private volatile boolean givesSessions = true;
  private volatile boolean events;
  private volatile boolean primes;
  private volatile boolean oldTransport;
  private volatile boolean holds;
  private volatile int lostStatus = 404;
  private volatile @Nullable Gate gate;

  private FakeMcpServer(@Nullable SSLContext tls) {
    tools(1);
    server = tls == null ? RawServer.plain(this::serve) : RawServer.tls(tls, this::serve);
  }

  public static FakeMcpServer start() {
    return new FakeMcpServer(null);
  }

  /** A server behind TLS; see {@link TestCertificates}. */
  public static FakeMcpServer start(SSLContext tls) {
    return new FakeMcpServer(tls);
  }

  /** Answers with event streams instead of JSON. */
  public FakeMcpServer events() {
    events = true;
    return this;
  }

  /** Answers with event streams that begin with an event that has an id and no data. */
  public FakeMcpServer primedEvents() {
    primes = true;
    return events();
  }

  /** Gives no session ids. */
  public FakeMcpServer withoutSessions() {
    givesSessions = false;
    return this;
  }

  /** Speaks only revision 2026-07-28. */
  public FakeMcpServer stateless() {
    speaks = Speaks.STATELESS;
    return this;
  }

  /** Speaks both eras. */
  public FakeMcpServer bothEras() {
    speaks = Speaks.BOTH;
    return this;
  }

  /** Speaks only HTTP+SSE of revision 2024-11-05: GET opens the stream, POST there is refused. */
  public FakeMcpServer oldTransport() {
    oldTransport = true;
    return revision("2024-11-05");
  }

  /** The revision that {@code initialize} is answered with. */
  public FakeMcpServer revision(String answered) {
    revision = answered;
    return this;
  }

  /** Lets clients hold an event stream with GET; without this, GET is answered 405. */
  public FakeMcpServer holdsStreams() {
    holds = true;
    return this;
  }

  /** The status for sessions that are not known, 404 without this. */
  public FakeMcpServer lostStatus(int status) {
    lostStatus = status;
    return this;
  }

  public FakeMcpServer tools(int count) {
    return offer("tools", count);
  }

  /**
   * Offers a list with made-up items.
   *
   * @param field {@code tools}, {@code prompts}, {@code resources} or {@code resourceTemplates}
   */
  public FakeMcpServer offer(String field, int count) {
    return offer(field, FakeLists.make(field, count));
  }

  /** Offers a list with these items, each as JSON. */
  public FakeMcpServer offer(String field, List<String> items) {
    lists.put(field, items);
    return this;
  }

  /** Cuts lists into pages of so many items. */
  public FakeMcpServer pageSize(int most) {
    lists.pageSize(most);
    return this;
  }

  /**
   * Scripts what a method is answered from now on.
   *
   * @param method of JSON-RPC, or {@code GET}, {@code DELETE}, {@code response}, or {@code *} for
   *     whatever has no script of its own
   */
  public FakeMcpServer on(String method, Answer answer) {
    always.put(method, answer);
    return this;
  }

  /** Scripts what a method is answered once more; several queue up. */
  public FakeMcpServer once(String method, Answer answer) {
    next.computeIfAbsent(method, _ -> new ConcurrentLinkedQueue<>()).add(answer);
    return this;
  }

  /** Answers every request for a path, past the gate. */
  public FakeMcpServer page(String path, Answer answer) {
    pages.put(path, answer);
    return this;
  }

  public FakeMcpServer gate(Gate before) {
    gate = before;
    return this;
  }

  /** Answers as the server does without a script: for scripts that only add something. */
  public void usual(FakeExchange exchange) throws IOException {
    switch (exchange.method()) {
      case "GET" -> get(exchange);
      case "DELETE" -> delete(exchange);
      case "response" -> reply(exchange);
      default -> post(exchange);
    }
  }

  /** Forgets all sessions, as a server that was started anew. */
  public void forgetSessions() {
    sessions.clear();
  }

  /** Ends all held streams. */
  public void endStreams() {
    streams.values().forEach(FakeStream::end);
    streams.clear();
  }

  /** Sends a message on all held streams. */
  public void push(String json) {
    streams.values().forEach(stream -> stream.message(json));
  }

  public int port() {
    return server.port();
  }

  /** The address {@code /mcp}, or {@code /sse} of the old transport. */
  public String url() {
    return url(oldTransport ? "/sse" : "/mcp");
  }

  public String url(String path) {
    return server.url(path);
  }

  public String url(String host, String path) {
    return server.url(host, path);
  }

  /** How many sessions were opened. */
  public int opened() {
    return opened.get();
  }

  /** How many sessions were ended by DELETE while they were known. */
  public int ended() {
    return ended.get();
  }

  /** How many connections were accepted. */
  public int connections() {
    return server.connections();
  }

  /** How many connections are open at this end. */
  public int open() {
    return server.open();
  }

  /** All requests in the order in which they came. */
  public List<RawRequest> requests() {
    return server.requests();
  }

  /** The requests with that method; see {@link #on}. */
  public List<RawRequest> requests(String method) {
    return asked.stream()
        .filter(each -> each.method().equals(method))
        .map(FakeExchange::request)
        .toList();
  }

  boolean speaksInEvents() {
    return events;
  }

  boolean primes() {
    return primes;
  }

  private void serve(RawPeer peer) throws IOException {
    while (true) {
      RawRequest request = peer.readRequest();
      FakeExchange exchange = new FakeExchange(this, peer, request, streamOf(request));
      asked.add(exchange);
      answer(exchange);
    }
  }

  private @Nullable FakeStream streamOf(RawRequest request) {
    int at = request.line().indexOf("?sessionId=");
    return at < 0
        ? null
        : streams.get(request.line().substring(at + "?sessionId=".length()).split(" ", -1)[0]);
  }

  private void answer(FakeExchange exchange) throws IOException {
    Answer page = pages.get(exchange.path());
    Gate before = gate;
    Answer refusal = page != null || before == null ? page : before.refusal(exchange.request());
    Answer scripted = refusal != null ? refusal : scripted(exchange.method());
    if (scripted == null) {
      usual(exchange);
    } else {
      scripted.give(exchange);
    }
  }

  private @Nullable Answer scripted(String method) {
    Queue<Answer> queue = next.get(method);
    Answer once = queue == null ? null : queue.poll();
    Answer own = once == null ? always.get(method) : once;
    return own == null ? always.get("*") : own;
  }

  private void get(FakeExchange exchange) throws IOException {
    if (!oldTransport && !holds) {
      exchange.header("Allow: POST").answer(405, "text/plain", "no stream here");
      return;
    }
    String name = SESSION_CANARY + numbers.incrementAndGet();
    FakeStream stream = new FakeStream();
    streams.put(name, stream);
    exchange.head(200, "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
    if (oldTransport) {
      exchange.event("event: endpoint\ndata: /message?sessionId=" + name + "\n\n");
    }
    stream.pump(exchange.peer());
  }

  private void delete(FakeExchange exchange) throws IOException {
    String session = exchange.request().header("Mcp-Session-Id");
    if (session != null && sessions.remove(session)) {
      ended.incrementAndGet();
      exchange.answer(200, "text/plain", "");
    } else {
      exchange.answer(lostStatus, "text/plain", "no such session");
    }
  }

  private void post(FakeExchange exchange) throws IOException {
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
      String session = SESSION_CANARY + numbers.incrementAndGet();
      sessions.add(session);
      opened.incrementAndGet();
      exchange.header("Mcp-Session-Id: " + session);
    }
    exchange.result(
        "{\"protocolVersion\":\"%s\",\"capabilities\":%s,\"serverInfo\":%s}"
            .formatted(revision, lists.capabilities(), INFO));
  }

  private void reply(FakeExchange exchange) throws IOException {
    CompletableFuture<String> waiting = replies.remove(exchange.id());
    if (waiting != null) {
      waiting.complete(exchange.request().body());
    }
    exchange.answer(202, "text/plain", "");
  }

  String ask(String method, FakeExchange exchange) throws IOException {
    String id = "\"ask-" + numbers.incrementAndGet() + "\"";
    CompletableFuture<String> reply = new CompletableFuture<>();
    replies.put(id, reply);
    exchange.message(
        "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{}}");
    try {
      return reply.get(10, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException | InterruptedException e) {
      throw new AssertionError("the client did not answer " + method, e);
    }
  }

  /** Ends every connection; fails when a script threw. */
  @Override
  public void close() {
    endStreams();
    server.close();
  }
}
