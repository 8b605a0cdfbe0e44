package dev.pharos.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pharos.testing.RawServer;
import dev.pharos.testing.TestCertificates;
import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageClock;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** What the tests of this package share: a dialer that trusts our authority, and looks. */
abstract class NetTest {
  static final Ticker TICKER = Ticker.system();
  static final NetSettings SETTINGS =
      new NetSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          NetSettings.DEFAULT.maxHeadBytes(),
          false);

  final HttpDialer dialer = new HttpDialer(SETTINGS, TICKER, TestCertificates.authorities());

  @AfterEach
  void closeDialer() {
    dialer.close();
  }

  /** A look with plenty of time. */
  static Look look() {
    return look(20_000);
  }

  static Look look(int millis) {
    return look(millis, WireTap.none());
  }

  static Look look(int millis, WireTap tap) {
    return new Look(
        new StageClock(TICKER, Stage.DNS), Deadline.after(Duration.ofMillis(millis), TICKER), tap);
  }

  static HttpCall get(String target) {
    return new HttpCall("GET", target, List.of(), new byte[0]);
  }

  static HttpCall post(String body) {
    return new HttpCall("POST", "/mcp", List.of(), body.getBytes(UTF_8));
  }

  static Origin origin(RawServer server) {
    return Origin.of(URI.create(server.url("/")));
  }

  static Origin origin(RawServer server, String host) {
    return Origin.of(URI.create(server.url(host, "/")));
  }

  /** The whole body as text. */
  static String body(HttpAnswer answer) throws FailureException {
    byte[] piece = new byte[8192];
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int n = answer.read(piece, 0, piece.length);
        n >= 0;
        n = answer.read(piece, 0, piece.length)) {
      whole.write(piece, 0, n);
    }
    return whole.toString(UTF_8);
  }

  /** Dials, sends one GET and reads the answer to its end. */
  String fetch(RawServer server, Look look) throws FailureException {
    try (HttpConnection connection = dialer.dial(origin(server), look);
        HttpAnswer answer = connection.exchange(get("/"), look)) {
      return body(answer);
    }
  }

  /** What a script does to one GET, which must fail. */
  FailureException failure(RawServer.Script script) {
    return failure(script, 5_000);
  }

  FailureException failure(RawServer.Script script, int millis) {
    try (RawServer server = RawServer.plain(script)) {
      return failureOf(() -> fetch(server, look(millis)));
    }
  }

  static FailureException failureOf(ThrowingCallable call) {
    return Assertions.catchThrowableOfType(FailureException.class, call);
  }

  static FailureKind kindOf(ThrowingCallable call) {
    return failureOf(call).kind();
  }
}
