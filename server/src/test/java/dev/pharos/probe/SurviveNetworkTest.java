package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawPeer;
import dev.pharos.testing.RawServer;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks that fail below HTTP, or before a whole head of an answer came. */
class SurviveNetworkTest extends Survival {
  record Row(String name, RawServer.Script script, FailureKind kind, String words) {
    @Override
    public String toString() {
      return name;
    }
  }

  @Test
  void a_name_that_does_not_exist() {
    Failure failure = failure(target("http://nosuch.test/mcp"));
    is(failure, Stage.DNS, FailureKind.DNS_NOT_FOUND);
    assertThat(failure.message()).contains("nosuch.test");
  }

  @Test
  void a_port_where_nobody_listens() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    is(failure(target("http://127.0.0.1:" + port)), Stage.CONNECT, FailureKind.REFUSED);
  }

  @Test
  void a_listener_that_takes_no_more_connections() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> fillers = fill(full);
      try {
        Failure failure = failure(hurried(target("http://127.0.0.1:" + full.getLocalPort())));
        is(failure, Stage.CONNECT, FailureKind.CONNECT_TIMEOUT);
      } finally {
        for (Socket filler : fillers) {
          filler.close();
        }
      }
    }
  }

  private static List<Socket> fill(ServerSocket listener) throws IOException {
    List<Socket> fillers = new ArrayList<>();
    InetSocketAddress address =
        new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    while (fillers.size() < 20) {
      Socket filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(address, 300);
      } catch (SocketTimeoutException e) {
        return fillers;
      }
    }
    throw new AssertionError("the backlog has no end");
  }

  static Stream<Row> ends() {
    return Stream.of(
        new Row("reset when accepted", RawPeer::reset, FailureKind.RESET, "before an answer"),
        new Row(
            "reset before the head",
            peer -> {
              peer.readRequest();
              peer.reset();
            },
            FailureKind.RESET,
            "before an answer"),
        new Row(
            "reset inside the head",
            peer -> {
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nContent-Ty");
              peer.pause(100);
              peer.reset();
            },
            FailureKind.RESET,
            "inside the head"),
        new Row(
            "reset after the head",
            peer -> {
              peer.readRequest();
              peer.write(
                  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{");
              peer.pause(100);
              peer.reset();
            },
            FailureKind.RESET,
            "inside the body"),
        new Row(
            "ended before the head",
            RawPeer::readRequest,
            FailureKind.EMPTY_REPLY,
            "without an answer"),
        new Row(
            "ended inside the head",
            peer -> {
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nContent-Ty");
            },
            FailureKind.TRUNCATED,
            "inside the head"),
        new Row(
            "another protocol",
            peer -> peer.write("SSH-2.0-OpenSSH_9.9\r\n"),
            FailureKind.NOT_HTTP,
            "not HTTP"),
        new Row(
            "a head without end",
            peer -> {
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nX-Long: ");
              while (true) {
                peer.write("long ".repeat(1_000));
              }
            },
            FailureKind.HEADERS_TOO_LARGE,
            "larger than the bound"));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void a_connection_that_ends_badly(Row row) {
    Failure failure = failure(row.script());
    is(failure, Stage.HTTP, row.kind());
    assertThat(failure.message()).contains(row.words());
  }

  @Test
  void a_request_that_is_taken_and_never_answered() {
    try (RawServer server =
        RawServer.plain(peer -> {
          peer.readRequest();
          peer.hold();
        })) {
      Failure failure = failure(hurried(target(server.url("/mcp"))));
      is(failure, Stage.HTTP, FailureKind.TIMEOUT_FIRST_BYTE);
    }
  }
}
