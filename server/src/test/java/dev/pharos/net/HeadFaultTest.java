package dev.pharos.net;

import static dev.pharos.trace.FailureKind.EMPTY_REPLY;
import static dev.pharos.trace.FailureKind.HEADERS_TOO_LARGE;
import static dev.pharos.trace.FailureKind.NOT_HTTP;
import static dev.pharos.trace.FailureKind.RESET;
import static dev.pharos.trace.FailureKind.TRUNCATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.pharos.testing.RawServer;
import dev.pharos.testing.TestCertificates;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can come instead of a good head. */
final class HeadFaultTest extends NetTest {
  static Stream<Arguments> heads() {
    return Stream.of(
        says("nothing and end", "", EMPTY_REPLY),
        says("half a status line", "HTTP/1.", TRUNCATED),
        says("a status line without its end", "HTTP/1.1 200 OK", TRUNCATED),
        says("a status line only", "HTTP/1.1 200 OK\r\n", TRUNCATED),
        says("half a header name", "HTTP/1.1 200 OK\r\nContent-Le", TRUNCATED),
        says("half a header", "HTTP/1.1 200 OK\r\nContent-Length: 1", TRUNCATED),
        says("no empty line", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", TRUNCATED),
        says("an interim answer only", "HTTP/1.1 100 Continue\r\n\r\n", TRUNCATED),
        says("another protocol", "SSH-2.0-OpenSSH_9.6\r\n", NOT_HTTP),
        says("another protocol without a line's end", "220 mail", NOT_HTTP),
        says("a page without a head", "<!doctype html><title>hi</title>\r\n\r\n", NOT_HTTP),
        says("HTTP/2 frames", "\0\0\u0012\4\0\0\0\0\0\0\3\0\0\0", NOT_HTTP),
        says("HTTP/2 in words", "HTTP/2.0 200 OK\r\n\r\n", NOT_HTTP),
        says("no version", "HTTP/x 200 OK\r\n\r\n", NOT_HTTP),
        says("no status", "HTTP/1.1 OK\r\n\r\n", NOT_HTTP),
        says("status zero", "HTTP/1.1 000 Nothing\r\n\r\n", NOT_HTTP),
        says("a status of two digits", "HTTP/1.1 20 OK\r\n\r\n", NOT_HTTP),
        says("a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", NOT_HTTP),
        says("a header without a colon", "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n", NOT_HTTP),
        says("a header without a name", "HTTP/1.1 200 OK\r\n: x\r\n\r\n", NOT_HTTP),
        says("a wrong length", ok("Content-Length: many"), NOT_HTTP),
        says("a negative length", ok("Content-Length: -1"), NOT_HTTP),
        says("no length", ok("Content-Length:"), NOT_HTTP),
        says("two lengths", ok("Content-Length: 1\r\nContent-Length: 2"), NOT_HTTP),
        says("a TLS alert", "\u0015\u0003\u0003\0\2\2P", NOT_HTTP),
        says("empty lines", "\r\n".repeat(20), NOT_HTTP),
        does("a reset before the head", peer -> {}, RESET),
        does("a reset inside the head", peer -> peer.write("HTTP/1.1 200 OK\r\nA: b"), RESET),
        says("one endless line", ok("A: " + "x".repeat(70_000)), HEADERS_TOO_LARGE),
        says("an endless status line", "HTTP/1.1 200 " + "x".repeat(70_000), HEADERS_TOO_LARGE),
        says("a thousand headers", ok("A: b\r\n".repeat(1_001) + "C: d"), HEADERS_TOO_LARGE),
        says("long headers", ok(("A: " + "x".repeat(990) + "\r\n").repeat(99)), HEADERS_TOO_LARGE),
        says("interim answers", "HTTP/1.1 102 P\r\n\r\n".repeat(11), HEADERS_TOO_LARGE));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void each_bad_head_has_its_kind(RawServer.Script script, FailureKind kind) {
    FailureException failure = failure(script);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.detail()).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void endless_headers_end_at_the_bound() {
    FailureException failure =
        failure(peer -> {
          peer.readRequest();
          peer.write("HTTP/1.1 200 OK\r\n");
          while (true) {
            peer.write("X-More: of the same\r\n");
          }
        });
    assertThat(failure.kind()).isEqualTo(HEADERS_TOO_LARGE);
  }

  @Test
  void plain_text_to_a_tls_port_gets_a_hint() throws Exception {
    try (RawServer server = RawServer.tls(TestCertificates.VALID.server(), peer -> {});
        HttpConnection connection =
            dialer.dial(new Origin(false, "127.0.0.1", server.port()), look())) {
      FailureException failure = failureOf(() -> connection.exchange(get("/"), look()));
      assertThat(failure.kind()).isEqualTo(NOT_HTTP);
      assertThat(failure.detail()).contains("TLS").contains("https://");
      assertThat(connection.reusable()).isFalse();
    }
  }

  @Test
  void the_message_shows_how_another_protocol_begins() {
    FailureException failure =
        failure(peer -> {
          peer.readRequest();
          peer.write("+OK \u001b[31mPOP3\r\n");
        });
    assertThat(failure.detail()).contains("'+OK ?[31'");
  }

  @Test
  void an_answer_sent_before_the_whole_request_was_read_still_counts() throws Exception {
    try (RawServer server =
            RawServer.plain(peer -> {
              peer.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
              peer.pause(100); // what follows is a reset, since the request was not read
            });
        HttpConnection connection = dialer.dial(origin(server), look())) {
      try (HttpAnswer answer = connection.exchange(post("x".repeat(10_000_000)), look())) {
        assertThat(answer.status()).isEqualTo(413);
      }
      assertThat(connection.reusable()).isFalse();
    }
  }

  private static String ok(String headers) {
    return "HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n";
  }

  /** Sends some bytes and ends in an orderly way. */
  private static Arguments says(String name, String bytes, FailureKind kind) {
    RawServer.Script script =
        peer -> {
          peer.readRequest();
          if (!bytes.isEmpty()) {
            peer.write(bytes);
          }
          peer.finish();
          peer.hold();
        };
    return argumentSet(name, script, kind);
  }

  /** Does something and ends with a reset. */
  private static Arguments does(String name, RawServer.Script start, FailureKind kind) {
    RawServer.Script script =
        peer -> {
          peer.readRequest();
          start.run(peer);
          pause(peer);
          peer.reset();
        };
    return argumentSet(name, script, kind);
  }

  /** A reset overtakes what was sent before it: the client has to read that first. */
  private static void pause(dev.pharos.testing.RawPeer peer) throws IOException {
    peer.pause(100);
  }
}
