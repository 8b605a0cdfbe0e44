package dev.pharos.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawServer;
import dev.pharos.testing.TestCertificates;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that stay open, and what ends them. */
@Timeout(30)
@SuppressWarnings("try") // closing early is what is tested
final class HoldTest extends NetTest {
  private static final RawServer.Script STREAM =
      peer -> {
        peer.readRequest();
        peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        peer.chunk("data: hi\n\n");
        peer.hold();
      };

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void closing_the_connection_ends_a_held_read(boolean secure, boolean virtual) throws Exception {
    try (RawServer server =
            secure
                ? RawServer.tls(TestCertificates.VALID.server(), STREAM)
                : RawServer.plain(STREAM);
        HttpConnection connection = dialer.dial(origin(server), look())) {
      CountDownLatch reading = new CountDownLatch(1);
      CompletableFuture<FailureException> ended =
          CompletableFuture.supplyAsync(() -> readOn(connection, reading), threads(virtual));
      reading.await();
      TimeUnit.MILLISECONDS.sleep(50); // more likely blocked; closing before must do too
      connection.close();
      FailureException failure = ended.get(10, TimeUnit.SECONDS);
      assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
      assertThat(failure.detail()).contains("our side");
      Awaitility.await().until(() -> server.open() == 0);
    }
  }

  @Test
  void the_kernel_asks_whether_a_held_streams_peer_is_there() throws Exception {
    try (RawServer server = RawServer.plain(STREAM);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      new Guard(socket).probe();
      assertThat(socket.getKeepAlive()).isTrue();
    }
  }

  @Test
  void a_held_stream_that_the_server_ends_has_ended() throws Exception {
    try (RawServer server =
            RawServer.plain(peer -> {
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            });
        HttpConnection connection = dialer.dial(origin(server), look());
        HttpAnswer answer = connection.exchange(get("/"), look())) {
      answer.hold();
      assertThat(kindOf(() -> body(answer))).isEqualTo(FailureKind.TRUNCATED);
    }
  }

  @Test
  void closing_the_connection_ends_an_exchange_without_an_answer() throws Exception {
    try (RawServer server = RawServer.plain(peer -> peer.hold());
        HttpConnection connection = dialer.dial(origin(server), look())) {
      CompletableFuture<FailureException> ended =
          CompletableFuture.supplyAsync(
              () -> failureOf(() -> connection.exchange(get("/"), look())), threads(true));
      Awaitility.await().until(() -> !connection.reusable());
      connection.close();
      assertThat(ended.get(10, TimeUnit.SECONDS).kind()).isEqualTo(FailureKind.RESET);
    }
  }

  @Test
  void a_closed_connection_takes_no_exchange() throws Exception {
    try (RawServer server = RawServer.plain(peer -> peer.hold())) {
      HttpConnection connection = dialer.dial(origin(server), look());
      connection.close();
      connection.close();
      assertThat(connection.reusable()).isFalse();
      assertThat(kindOf(() -> connection.exchange(get("/"), look()))).isEqualTo(FailureKind.RESET);
    }
  }

  private static FailureException readOn(HttpConnection connection, CountDownLatch reading) {
    return failureOf(() -> {
      try (HttpAnswer answer = connection.exchange(get("/"), look())) {
        answer.hold();
        byte[] into = new byte[100];
        assertThat(answer.read(into, 0, 100)).isEqualTo(10);
        reading.countDown();
        answer.read(into, 0, 100);
      }
    });
  }

  private static Executor threads(boolean virtual) {
    return task -> (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).start(task);
  }
}
