package dev.pharos.net;

import static dev.pharos.trace.FailureKind.BAD_CHUNK;
import static dev.pharos.trace.FailureKind.BAD_ENCODING;
import static dev.pharos.trace.FailureKind.RESET;
import static dev.pharos.trace.FailureKind.TRUNCATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.pharos.testing.RawServer;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can go wrong behind a good head. */
final class BodyFaultTest extends NetTest {
  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final String GZIP = "Content-Encoding: gzip";

  static Stream<Arguments> bodies() {
    return Stream.of(
        says("a body too short", "Content-Length: 10", "12345", TRUNCATED),
        says("no body", "Content-Length: 10", "", TRUNCATED),
        says("half a chunk", CHUNKED, "a\r\n12345", TRUNCATED),
        says("half a chunk's size", CHUNKED, "1", TRUNCATED),
        says("no chunk", CHUNKED, "", TRUNCATED),
        says("a chunk without its end", CHUNKED, "5\r\n12345", TRUNCATED),
        says("no last chunk", CHUNKED, "5\r\n12345\r\n", TRUNCATED),
        says("a size that is no number", CHUNKED, "zz\r\n12345\r\n0\r\n\r\n", BAD_CHUNK),
        says("a negative size", CHUNKED, "-5\r\n12345\r\n0\r\n\r\n", BAD_CHUNK),
        says("a size too large", CHUNKED, "fffffffffffffffff\r\n12345\r\n", BAD_CHUNK),
        says("an empty size", CHUNKED, "\r\n12345\r\n0\r\n\r\n", BAD_CHUNK),
        says("more than the size said", CHUNKED, "3\r\n12345\r\n0\r\n\r\n", BAD_CHUNK),
        says("a broken trailer", CHUNKED, "0\r\nnonsense\r\n\r\n", BAD_CHUNK),
        says("an endless size", CHUNKED, "1;" + "x".repeat(90_000), BAD_CHUNK),
        says("endless trailers", CHUNKED, "0\r\n" + "A: b\r\n".repeat(30_000), BAD_CHUNK),
        says("not gzip at all", GZIP, "hello", BAD_ENCODING),
        says("another compression", "Content-Encoding: br", "hello", BAD_ENCODING),
        says("two compressions", "Content-Encoding: gzip, gzip", "hello", BAD_ENCODING),
        says("an unknown transfer coding", "Transfer-Encoding: gzip", "hello", BAD_ENCODING),
        says("two transfer codings", "Transfer-Encoding: gzip, chunked", "0\r\n\r\n", BAD_ENCODING),
        says("chunked twice", "Transfer-Encoding: chunked, chunked", "0\r\n\r\n", BAD_ENCODING));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void each_bad_body_has_its_kind(RawServer.Script script, FailureKind kind) {
    FailureException failure = failure(script);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.detail()).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void a_reset_inside_the_body_is_a_reset() {
    FailureException failure =
        failure(peer -> {
          peer.readRequest();
          peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
          peer.pause(100);
          peer.reset();
        });
    assertThat(failure.kind()).isEqualTo(RESET);
    assertThat(failure.detail()).contains("inside the body");
  }

  @Test
  void what_came_before_the_break_was_delivered_and_counted() throws Exception {
    try (RawServer server =
            RawServer.plain(peer -> {
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
            });
        HttpConnection connection = dialer.dial(origin(server), look())) {
      Look look = look();
      try (HttpAnswer answer = connection.exchange(get("/"), look)) {
        byte[] into = new byte[100];
        assertThat(answer.read(into, 0, 100)).isEqualTo(5);
        assertThat(kindOf(() -> answer.read(into, 0, 100))).isEqualTo(TRUNCATED);
      }
      assertThat(look.bytesRead()).isEqualTo(5);
      assertThat(connection.reusable()).isFalse();
    }
  }

  private static Arguments says(String name, String header, String body, FailureKind kind) {
    RawServer.Script script =
        peer -> {
          peer.readRequest();
          peer.write("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n" + body);
          peer.finish();
          peer.hold();
        };
    return argumentSet(name, script, kind);
  }
}
