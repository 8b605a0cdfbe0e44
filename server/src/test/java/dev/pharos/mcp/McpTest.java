package dev.pharos.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pharos.net.Header;
import dev.pharos.net.HttpDialer;
import dev.pharos.net.NetSettings;
import dev.pharos.testing.RawPeer;
import dev.pharos.testing.RawRequest;
import dev.pharos.testing.RawServer;
import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Finding;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageClock;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** What the tests of this package share: settings, looks, and servers told by the request. */
abstract class McpTest {
  static final Ticker TICKER = Ticker.system();
  static final McpSettings SETTINGS =
      new McpSettings(
          "pharos", "1.0", 1 << 20, 5, 20, 64, Duration.ofMillis(500), Duration.ofSeconds(1));
  static final Json JSON = new Json(64, 1 << 20);
  static final Requests REQUESTS = new Requests(SETTINGS);

  /** What a server makes of one request. */
  @FunctionalInterface
  interface Server {
    void answer(RawPeer peer, RawRequest request) throws IOException;
  }

  final HttpDialer dialer = new HttpDialer(NetSettings.DEFAULT, TICKER);
  final McpOpener opener = new McpOpener(SETTINGS, dialer, TICKER, new Tally());

  @AfterEach
  void closeDialer() {
    dialer.close();
  }

  static Look look() {
    return look(20_000);
  }

  static Look look(int millis) {
    return new Look(
        new StageClock(TICKER, Stage.HANDSHAKE),
        Deadline.after(Duration.ofMillis(millis), TICKER),
        WireTap.none());
  }

  static List<FindingKind> kinds(Look look) {
    return look.findings().stream().map(Finding::kind).toList();
  }

  /** A server that answers request after request on each connection. */
  static RawServer serving(Server server) {
    return RawServer.plain(peer -> {
      while (true) {
        server.answer(peer, peer.readRequest());
      }
    });
  }

  Conversation open(RawServer server, Look look) throws FailureException {
    return open(server, Known.NOTHING, look);
  }

  Conversation open(RawServer server, Known known, Look look) throws FailureException {
    return open(server, Endpoint.Http.Choice.EITHER, known, look);
  }

  Conversation open(RawServer server, Endpoint.Http.Choice choice, Known known, Look look)
      throws FailureException {
    return opener.open(
        new Endpoint.Http(URI.create(server.url("/mcp")), choice, List.of()),
        anonymous(),
        known,
        look);
  }

  /** Without credentials: a refusal is final. */
  static Authorizer anonymous() {
    return new Authorizer() {
      @Override
      public List<Header> headers(Look look) {
        return List.of();
      }

      @Override
      public boolean refused(Refusal refusal, Look look) throws FailureException {
        throw new FailureException(
            refusal.status() == 401 ? FailureKind.AUTH_REQUIRED : FailureKind.FORBIDDEN,
            "refused: " + refusal.body());
      }
    };
  }

  static FailureException failureOf(ThrowingCallable call) {
    return Assertions.catchThrowableOfType(FailureException.class, call);
  }

  static FailureKind kindOf(ThrowingCallable call) {
    return failureOf(call).kind();
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** The value of a top-level field of a message, roughly. */
  private static String field(RawRequest request, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(request.body());
    return matcher.find() ? matcher.group(1) : "";
  }

  static String method(RawRequest request) {
    return field(request, "method");
  }

  static String id(RawRequest request) {
    return field(request, "id");
  }

  /** The message with which a request is answered well. */
  static String result(RawRequest request, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id(request) + ",\"result\":" + result + "}";
  }

  static String error(RawRequest request, int code, String message, String data) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":\"%s\"%s}}"
        .formatted(id(request), code, message, data.isEmpty() ? "" : ",\"data\":" + data);
  }

  static void json(RawPeer peer, int status, String body) throws IOException {
    peer.answer(status, "application/json", body);
  }

  /** Begins an event stream that is chunked. */
  static void stream(RawPeer peer) throws IOException {
    peer.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  static String event(String message) {
    return "event: message\ndata: " + message + "\n\n";
  }

  static final String DISCOVERED =
      "{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{\"listChanged\":true}},\"ttlMs\":0,\"cacheScope\":\"private\"}";

  static String initialized(String revision) {
    return "{\"protocolVersion\":\""
        + revision
        + "\",\"capabilities\":{\"tools\":{\"listChanged\":true}},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}";
  }

  /** Answers the handshake of the session era, and {@code server/discover} as told. */
  static Server handshaking(Server discover) {
    return (peer, request) -> {
      switch (method(request)) {
        case "server/discover" -> discover.answer(peer, request);
        case "initialize" -> json(peer, 200, result(request, initialized("2025-11-25")));
        case "notifications/initialized" ->
            peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
        default -> json(peer, 404, error(request, -32601, "no", ""));
      }
    };
  }

  /** The methods that a server was asked, of HTTP or of the messages. */
  static List<String> asked(RawServer server) {
    return server.requests().stream()
        .map(request -> request.method().equals("POST") ? method(request) : request.method())
        .toList();
  }
}
