package dev.pharos.testing;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
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

  private final RawServer server;
  private final FakeConduct conduct = new FakeConduct();
  private final Map<String, Answer> always = new ConcurrentHashMap<>();
  private final Map<String, Queue<Answer>> next = new ConcurrentHashMap<>();
  private final Map<String, Answer> pages = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<String>> replies = new ConcurrentHashMap<>();
  private final Queue<FakeExchange> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile boolean events;
  private volatile boolean primes;
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
    conduct.givesSessions = false;
    return this;
  }

  /** Speaks only revision 2026-07-28. */
  public FakeMcpServer stateless() {
    conduct.speaks = FakeConduct.Speaks.STATELESS;
    return this;
  }

  /** Speaks both eras. */
  public FakeMcpServer bothEras() {
    conduct.speaks = FakeConduct.Speaks.BOTH;
    return this;
  }

  /** Speaks only HTTP+SSE of revision 2024-11-05: GET opens the stream, POST there is refused. */
  public FakeMcpServer oldTransport() {
    conduct.oldTransport = true;
    return revision("2024-11-05");
  }

  /** The revision that {@code initialize} is answered with. */
  public FakeMcpServer revision(String answered) {
    conduct.revision = answered;
    return this;
  }

  /** Lets clients hold an event stream with GET; without this, GET is answered 405. */
  public FakeMcpServer holdsStreams() {
    conduct.holds = true;
    return this;
  }

  /** The status for sessions that are not known, 404 without this. */
  public FakeMcpServer lostStatus(int status) {
    conduct.lostStatus = status;
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
    conduct.lists.put(field, items);
    return this;
  }

  /** Cuts lists into pages of so many items. */
  public FakeMcpServer pageSize(int most) {
    conduct.lists.pageSize(most);
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
      case "GET" -> conduct.get(exchange);
      case "DELETE" -> conduct.delete(exchange);
      case "response" -> reply(exchange);
      default -> conduct.post(exchange);
    }
  }

  /** Forgets all sessions, as a server that was started anew. */
  public void forgetSessions() {
    conduct.sessions.clear();
  }

  /** Ends all held streams. */
  public void endStreams() {
    conduct.streams.values().forEach(FakeStream::end);
    conduct.streams.clear();
  }

  /** Sends a message on all held streams. */
  public void push(String json) {
    conduct.streams.values().forEach(stream -> stream.message(json));
  }

  public int port() {
    return server.port();
  }

  /** The address {@code /mcp}, or {@code /sse} of the old transport. */
  public String url() {
    return url(conduct.oldTransport ? "/sse" : "/mcp");
  }

  public String url(String path) {
    return server.url(path);
  }

  public String url(String host, String path) {
    return server.url(host, path);
  }

  /** How many sessions were opened. */
  public int opened() {
    return conduct.opened.get();
  }

  /** How many sessions were ended by DELETE while they were known. */
  public int ended() {
    return conduct.ended.get();
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
        : conduct.streams.get(
            request.line().substring(at + "?sessionId=".length()).split(" ", -1)[0]);
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

  /** Ends every connection, and listens on. */
  public void hangUp() {
    server.hangUp();
  }

  /** Ends every connection; fails when a script threw. */
  @Override
  public void close() {
    endStreams();
    server.close();
  }
}
