package dev.pharos.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.pharos.testing.RawServer;
import dev.pharos.testing.TestCertificates;
import dev.pharos.trace.FailureKind;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where bodies end, and which connections live on. */
@Timeout(30)
final class ReuseTest extends NetTest {
  static Stream<Arguments> answers() {
    return Stream.of(
        answer("length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "hi", true),
        answer(
            "chunks",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks(),
            "hi",
            true),
        answer(
            "chunked in capitals",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: CHUNKED\r\n\r\n" + chunks(),
            "hi",
            true),
        answer(
            "chunks with trailers",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhi\r\n0\r\nA: b\r\n\r\n",
            "hi",
            true),
        answer(
            "an agreeing length",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi",
            "hi",
            true),
        answer("length zero", "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", "", true),
        answer("204", "HTTP/1.1 204 No Content\r\n\r\n", "", true),
        answer(
            "304 with a length",
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
            "",
            true),
        answer(
            "interim answers before",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
            "hi",
            true),
        answer("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", "hi", true),
        answer(
            "a space before the colon",
            "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nhi",
            "hi",
            true),
        answer("no reason", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi", "hi", true),
        answer(
            "close",
            "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 2\r\n\r\nhi",
            "hi",
            false),
        answer(
            "close among others",
            "HTTP/1.1 200 OK\r\nConnection: x, close\r\nContent-Length: 2\r\n\r\nhi",
            "hi",
            false),
        answer("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", "hi", false),
        answer(
            "HTTP/1.0 kept alive",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi",
            "hi",
            true),
        answer("until the end", "HTTP/1.1 200 OK\r\n\r\nhi", "hi", false),
        answer(
            "identity until the end",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nhi",
            "hi",
            false),
        answer("HTTP/1.0 until the end", "HTTP/1.0 200 OK\r\n\r\nhi", "hi", false),
        answer(
            "chunks and a length",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks(),
            "hi",
            false),
        answer(
            "more than the length",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi there",
            "hi",
            false),
        answer("more than a 204", "HTTP/1.1 204 No Content\r\n\r\nhi", "", false),
        answer("switching protocols", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", "", false));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void a_body_ends_where_its_framing_says(String bytes, String body, boolean reusable)
      throws Exception {
    try (RawServer server =
            RawServer.plain(peer -> {
              peer.readRequest();
              peer.write(bytes);
              if (!reusable) {
                peer.finish();
              }
              peer.hold();
            });
        HttpConnection connection = dialer.dial(origin(server), look())) {
      try (HttpAnswer answer = connection.exchange(get("/"), look())) {
        assertThat(body(answer)).isEqualTo(body);
        assertThat(answer.read(new byte[1], 0, 1)).isEqualTo(-1);
      }
      assertThat(connection.reusable()).isEqualTo(reusable);
      assertThat(connection.exchanges()).isEqualTo(1);
    }
  }

  @Test
  void an_answer_to_head_has_no_body_whatever_its_length_says() throws Exception {
    try (RawServer server =
            RawServer.plain(peer -> {
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n");
              peer.hold();
            });
        HttpConnection connection = dialer.dial(origin(server), look())) {
      HttpCall head = new HttpCall("HEAD", "/", java.util.List.of(), new byte[0]);
      try (HttpAnswer answer = connection.exchange(head, look())) {
        assertThat(body(answer)).isEmpty();
      }
      assertThat(connection.reusable()).isTrue();
    }
  }

  @Test
  void an_idle_connection_that_the_server_closed_says_so_at_the_next_exchange() throws Exception {
    try (RawServer server =
            RawServer.plain(peer -> {
              peer.readRequest();
              peer.answer(200, "text/plain", "hi");
            });
        HttpConnection connection = dialer.dial(origin(server), look())) {
      try (HttpAnswer answer = connection.exchange(get("/"), look())) {
        assertThat(body(answer)).isEqualTo("hi");
      }
      Awaitility.await().until(() -> server.open() == 0);
      assertThat(connection.reusable()).isTrue();
      assertThat(kindOf(() -> connection.exchange(get("/"), look())))
          .isIn(FailureKind.EMPTY_REPLY, FailureKind.RESET);
      assertThat(connection.exchanges()).isEqualTo(1);
      assertThat(connection.reusable()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void who_stops_at_the_last_byte_keeps_the_connection_when_the_end_is_there(boolean secure)
      throws Exception {
    RawServer.Script script =
        peer -> {
          while (true) {
            peer.readRequest();
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n");
          }
        };
    try (RawServer server =
            secure
                ? RawServer.tls(TestCertificates.VALID.server(), script)
                : RawServer.plain(script);
        HttpConnection connection = dialer.dial(origin(server), look())) {
      for (int i = 0; i < 3; i++) {
        try (HttpAnswer answer = connection.exchange(get("/"), look())) {
          assertThat(answer.read(new byte[2], 0, 2)).isEqualTo(2);
        }
        assertThat(connection.reusable()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void who_stops_short_of_an_end_that_is_not_there_never_waits(boolean secure) throws Exception {
    RawServer.Script script =
        peer -> {
          peer.readRequest();
          peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
          peer.hold();
        };
    try (RawServer server =
            secure
                ? RawServer.tls(TestCertificates.VALID.server(), script)
                : RawServer.plain(script);
        HttpConnection connection = dialer.dial(origin(server), look())) {
      try (HttpAnswer answer = connection.exchange(get("/"), look())) {
        assertThat(answer.read(new byte[2], 0, 2)).isEqualTo(2);
      }
      assertThat(connection.reusable()).isFalse();
      Awaitility.await().until(() -> server.open() == 0);
    }
  }

  @Test
  void who_leaves_a_large_body_loses_the_connection() throws Exception {
    try (RawServer server =
            RawServer.plain(peer -> {
              peer.readRequest();
              peer.answer(200, "text/plain", "x".repeat(20_000));
              peer.hold();
            });
        HttpConnection connection = dialer.dial(origin(server), look())) {
      connection.exchange(get("/"), look()).close();
      assertThat(connection.reusable()).isFalse();
      Awaitility.await().until(() -> server.open() == 0);
    }
  }

  @Test
  void the_bytes_of_an_answer_may_come_one_by_one() throws Exception {
    try (RawServer server =
        RawServer.plain(peer -> {
          peer.readRequest();
          for (char c :
              ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks()).toCharArray()) {
            peer.write(String.valueOf(c));
          }
          peer.hold();
        })) {
      assertThat(fetch(server, look())).isEqualTo("hi");
    }
  }

  private static String chunks() {
    return "1\r\nh\r\n1\r\ni\r\n0\r\n\r\n";
  }

  private static Arguments answer(String name, String bytes, String body, boolean reusable) {
    return argumentSet(name, bytes, body, reusable);
  }
}
