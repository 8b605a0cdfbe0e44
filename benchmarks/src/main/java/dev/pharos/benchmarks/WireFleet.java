package dev.pharos.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pharos.net.Header;
import dev.pharos.net.HttpAnswer;
import dev.pharos.net.HttpCall;
import dev.pharos.net.HttpConnection;
import dev.pharos.net.HttpDialer;
import dev.pharos.net.NetSettings;
import dev.pharos.net.Origin;
import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageClock;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The same requests over the network layer alone, their answers read and thrown away: what is left
 * when MCP and JSON cost nothing.
 */
final class WireFleet implements Fleet {
  private record Kept(HttpConnection connection, List<Header> headers) {}

  private static final byte[] NOTHING = {};
  private static final byte[] INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"pharos-bench","version":"1"}}}\
      """
          .getBytes(UTF_8);
  private static final byte[] INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}".getBytes(UTF_8);
  private static final byte[] LIST =
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}".getBytes(UTF_8);
  private static final List<Header> FIRST_HEADERS =
      List.of(
          new Header("Accept", "application/json, text/event-stream"),
          new Header("Content-Type", "application/json"));

  private final Ticker ticker = Ticker.system();
  private final HttpDialer dialer = new HttpDialer(NetSettings.DEFAULT, ticker);
  private final List<URI> servers;
  private final AtomicReferenceArray<Kept> sessions;

  WireFleet(List<URI> servers) {
    this.servers = servers;
    sessions = new AtomicReferenceArray<>(servers.size());
  }

  @Override
  public int size() {
    return servers.size();
  }

  @Override
  public void full(int server) throws FailureException {
    Look look = look();
    try (HttpConnection connection = dialer.dial(Origin.of(servers.get(server)), look)) {
      List<Header> headers = begin(server, connection, look);
      call("POST", server, connection, headers, LIST, look);
      call("DELETE", server, connection, headers, NOTHING, look);
    }
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // kept until end()
  public void open(int server) throws FailureException {
    Look look = look();
    HttpConnection connection = dialer.dial(Origin.of(servers.get(server)), look);
    List<Header> headers = begin(server, connection, look);
    call("POST", server, connection, headers, LIST, look);
    sessions.set(server, new Kept(connection, headers));
  }

  @Override
  public void kept(int server) throws FailureException {
    Kept kept = sessions.get(server);
    call("POST", server, kept.connection, kept.headers, LIST, look());
  }

  @Override
  public void watch(int server) {
    throw new UnsupportedOperationException("the network layer knows no streams");
  }

  @Override
  public void end(int server) throws FailureException {
    Kept kept = sessions.getAndSet(server, null);
    if (kept != null) {
      try (HttpConnection connection = kept.connection) {
        call("DELETE", server, connection, kept.headers, NOTHING, look());
      }
    }
  }

  @Override
  public void close() {
    dialer.close();
  }

  private Look look() {
    return new Look(
        new StageClock(ticker, Stage.DNS),
        Deadline.after(Duration.ofSeconds(30), ticker),
        WireTap.none());
  }

  private List<Header> begin(int server, HttpConnection connection, Look look)
      throws FailureException {
    String id = call("POST", server, connection, FIRST_HEADERS, INITIALIZE, look);
    if (id == null) {
      throw new IllegalStateException("server " + server + " gave no session id");
    }
    List<Header> headers =
        List.of(
            FIRST_HEADERS.get(0),
            FIRST_HEADERS.get(1),
            new Header("MCP-Protocol-Version", "2025-11-25"),
            new Header("Mcp-Session-Id", id));
    call("POST", server, connection, headers, INITIALIZED, look);
    return headers;
  }

  private @Nullable String call(
      String verb,
      int server,
      HttpConnection connection,
      List<Header> headers,
      byte[] body,
      Look look)
      throws FailureException {
    HttpCall call = new HttpCall(verb, servers.get(server).getRawPath(), headers, body);
    try (HttpAnswer answer = connection.exchange(call, look)) {
      byte[] buffer = new byte[8192];
      while (answer.read(buffer, 0, buffer.length) >= 0) {
        // Only the reading is measured.
      }
      if (answer.status() / 100 != 2) {
        throw new IllegalStateException(verb + " was answered " + answer.status());
      }
      return answer.header("Mcp-Session-Id");
    }
  }
}
