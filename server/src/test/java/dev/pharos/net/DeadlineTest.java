package dev.pharos.net;

import static dev.pharos.trace.FailureKind.TIMEOUT_BODY;
import static dev.pharos.trace.FailureKind.TIMEOUT_FIRST_BYTE;
import static dev.pharos.trace.FailureKind.TLS_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawServer;
import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageClock;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One deadline over everything that a peer can draw out. */
@Timeout(30)
final class DeadlineTest extends NetTest {
  private static final int SHORT = 300;
  private static final Duration LOOK = Duration.ofSeconds(10);

  @Test
  void a_peer_that_says_nothing() {
    FailureException failure = failure(peer -> peer.hold(), SHORT);
    assertThat(failure.kind()).isEqualTo(TIMEOUT_FIRST_BYTE);
    assertThat(failure.detail()).contains("no answer");
  }

  @Test
  void a_head_that_stalls() {
    FailureException failure =
        failure(
            peer -> {
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nContent-");
              peer.hold();
            },
            SHORT);
    assertThat(failure.kind()).isEqualTo(TIMEOUT_FIRST_BYTE);
    assertThat(failure.detail()).contains("not complete");
  }

  @Test
  void a_head_that_drips() {
    assertThat(failure(peer -> drip(peer, "HTTP/1.1 200 OK\r\nA: "), SHORT).kind())
        .isEqualTo(TIMEOUT_FIRST_BYTE);
  }

  @Test
  void a_body_that_stalls_at_once() {
    FailureException failure =
        failure(
            peer -> {
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
              peer.hold();
            },
            SHORT);
    assertThat(failure.kind()).isEqualTo(TIMEOUT_BODY);
  }

  @Test
  void a_body_that_stalls_in_the_middle() {
    FailureException failure =
        failure(
            peer -> {
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345");
              peer.hold();
            },
            SHORT);
    assertThat(failure.kind()).isEqualTo(TIMEOUT_BODY);
    assertThat(failure.detail()).contains("5 bytes");
  }

  @Test
  void a_body_that_drips() {
    assertThat(
            failure(peer -> drip(peer, "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"), SHORT)
                .kind())
        .isEqualTo(TIMEOUT_BODY);
  }

  @Test
  void a_compressed_body_without_data() {
    assertThat(
            failure(
                    peer -> {
                      peer.readRequest();
                      peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
                      peer.hold();
                    },
                    SHORT)
                .kind())
        .isEqualTo(TIMEOUT_BODY);
  }

  @Test
  void a_request_that_nobody_reads() throws Exception {
    try (RawServer server = RawServer.plain(peer -> peer.pause(20_000));
        HttpConnection connection = dialer.dial(origin(server), look())) {
      HttpCall large = post("x".repeat(20_000_000));
      assertThat(kindOf(() -> connection.exchange(large, look(SHORT))))
          .isEqualTo(TIMEOUT_FIRST_BYTE);
    }
  }

  @Test
  void a_handshake_that_stalls() {
    try (RawServer server = RawServer.plain(peer -> peer.hold())) {
      Origin secure = new Origin(true, "localhost", server.port());
      assertThat(kindOf(() -> dialer.dial(secure, look(SHORT)))).isEqualTo(TLS_TIMEOUT);
    }
  }

  @Test
  void a_handshake_has_a_time_of_its_own() {
    NetSettings hasty =
        new NetSettings(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(SHORT), 1000, false);
    try (RawServer server = RawServer.plain(peer -> peer.hold());
        HttpDialer impatient = new HttpDialer(hasty, TICKER)) {
      Origin secure = new Origin(true, "localhost", server.port());
      assertThat(kindOf(() -> impatient.dial(secure, look()))).isEqualTo(TLS_TIMEOUT);
    }
  }

  @Test
  void the_deadline_ends_with_the_exchange() throws Exception {
    AtomicLong nanos = new AtomicLong();
    try (HttpDialer timed = new HttpDialer(SETTINGS, nanos::get);
        RawServer server = RawServer.plain(TlsTest.HELLO);
        HttpConnection connection = timed.dial(origin(server), look(nanos::get))) {
      try (HttpAnswer answer = connection.exchange(get("/"), look(nanos::get))) {
        assertThat(body(answer)).isEqualTo("hello");
      }
      awaitAnotherTimeout(timed, nanos);
      try (HttpAnswer answer = connection.exchange(get("/"), look(nanos::get))) {
        assertThat(body(answer)).isEqualTo("hello");
      }
    }
  }

  @Test
  void a_held_stream_outlives_the_deadline() throws Exception {
    AtomicLong nanos = new AtomicLong();
    CountDownLatch later = new CountDownLatch(1);
    try (HttpDialer timed = new HttpDialer(SETTINGS, nanos::get);
        RawServer server =
            RawServer.plain(peer -> {
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              peer.await(later);
              peer.chunk("late");
              peer.chunk("");
              peer.hold();
            });
        HttpConnection connection = timed.dial(origin(server), look(nanos::get));
        HttpAnswer answer = connection.exchange(get("/"), look(nanos::get))) {
      answer.hold();
      awaitAnotherTimeout(timed, nanos);
      later.countDown();
      assertThat(body(answer)).isEqualTo("late");
    }
  }

  /** Lets the time run out for another exchange: then it has for every one that has a deadline. */
  private static void awaitAnotherTimeout(HttpDialer timed, AtomicLong nanos)
      throws FailureException {
    try (RawServer silent = RawServer.plain(peer -> peer.hold());
        HttpConnection connection = timed.dial(origin(silent), look(nanos::get))) {
      CompletableFuture<FailureException> failed =
          CompletableFuture.supplyAsync(
              () -> failureOf(() -> connection.exchange(get("/"), look(nanos::get))));
      Awaitility.await().until(() -> !connection.reusable());
      Awaitility.await()
          .until(() -> {
            nanos.addAndGet(LOOK.toNanos()); // again, should the exchange have begun just now
            return failed.isDone();
          });
      assertThat(failed.join().kind()).isEqualTo(TIMEOUT_FIRST_BYTE);
    }
  }

  private static Look look(Ticker ticker) {
    return new Look(
        new StageClock(ticker, Stage.DNS), Deadline.after(LOOK, ticker), WireTap.none());
  }

  private static void drip(dev.pharos.testing.RawPeer peer, String start)
      throws java.io.IOException {
    peer.readRequest();
    peer.write(start);
    while (true) {
      peer.pause(20);
      peer.write("x");
    }
  }
}
