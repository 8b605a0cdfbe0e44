package dev.pharos.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawPeer;
import dev.pharos.testing.RawServer;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.SynchronousQueue;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class EncodingTest extends NetTest {
  private static final String TEXT = "a text that is worth compressing ".repeat(1_000);

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZip", " gzip "})
  void gzip_is_inflated_and_counted_after_inflation(String name) throws Exception {
    Look look = look();
    try (RawServer server = RawServer.plain(compressed(name, RawPeer.gzip(TEXT)))) {
      assertThat(fetch(server, look)).isEqualTo(TEXT);
      assertThat(server.requests().getFirst().header("Accept-Encoding")).isEqualTo("gzip");
    }
    assertThat(look.bytesRead()).isEqualTo(TEXT.length());
  }

  @Test
  void deflate_is_inflated_with_and_without_its_wrapping() throws Exception {
    for (boolean raw : new boolean[] {false, true}) {
      try (RawServer server = RawServer.plain(compressed("deflate", deflate(raw)))) {
        assertThat(fetch(server, look())).isEqualTo(TEXT);
      }
    }
  }

  @Test
  void compressed_bytes_may_come_one_by_one() throws Exception {
    byte[] gzip = withEveryHeaderField();
    for (byte[] each : new byte[][] {gzip, RawPeer.gzip("hello")}) {
      try (RawServer server =
          RawServer.plain(peer -> {
            peer.readRequest();
            peer.write(head("gzip", each.length));
            for (byte b : each) {
              peer.write(new byte[] {b});
            }
            peer.hold();
          })) {
        assertThat(fetch(server, look())).isEqualTo("hello");
      }
    }
    try (RawServer server =
        RawServer.plain(peer -> {
          peer.readRequest();
          peer.write(head("deflate", deflate(false).length));
          for (byte b : deflate(false)) {
            peer.write(new byte[] {b});
          }
          peer.hold();
        })) {
      assertThat(fetch(server, look())).isEqualTo(TEXT);
    }
  }

  @Test
  void several_members_are_one_body_and_padding_is_nothing() throws Exception {
    byte[] one = RawPeer.gzip("one, ");
    byte[] two = RawPeer.gzip("two");
    byte[] all = Arrays.copyOf(one, one.length + two.length + 20);
    System.arraycopy(two, 0, all, one.length, two.length);
    try (RawServer server = RawServer.plain(compressed("gzip", all))) {
      assertThat(fetch(server, look())).isEqualTo("one, two");
    }
  }

  @Test
  void an_empty_body_is_empty_whatever_its_coding() throws Exception {
    try (RawServer server = RawServer.plain(compressed("gzip", new byte[0]))) {
      assertThat(fetch(server, look())).isEmpty();
    }
  }

  @Test
  void damage_is_found() {
    byte[] good = RawPeer.gzip(TEXT);
    for (int at : new int[] {0, 2, good.length / 2, good.length - 8, good.length - 4}) {
      byte[] bad = good.clone();
      bad[at] ^= 0x55;
      assertThat(failure(compressed("gzip", bad)).kind())
          .as("byte %d", at)
          .isEqualTo(FailureKind.BAD_ENCODING);
    }
    assertThat(failure(compressed("gzip", Arrays.copyOf(good, good.length - 9))).detail())
        .contains("ends early");
  }

  @Test
  void a_bomb_is_read_piece_by_piece() throws Exception {
    byte[] bomb = RawPeer.gzip(new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(100_000);
    try (RawServer server = RawServer.plain(compressed("gzip", bomb));
        HttpConnection connection = dialer.dial(origin(server), look())) {
      Look look = look();
      try (HttpAnswer answer = connection.exchange(get("/"), look)) {
        byte[] piece = new byte[10_000];
        while (look.bytesRead() < 1_000_000) {
          assertThat(answer.read(piece, 0, piece.length)).isBetween(1, piece.length);
        }
      }
      assertThat(look.bytesRead()).isLessThan(1_010_000);
      assertThat(connection.reusable()).isFalse();
    }
  }

  @Test
  void a_header_that_never_ends_holds_no_data() {
    byte[] endless = new byte[200_000];
    Arrays.fill(endless, (byte) 'n');
    byte[] start = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};
    System.arraycopy(start, 0, endless, 0, start.length);
    FailureException failure = failure(compressed("gzip", endless));
    assertThat(failure.kind()).isEqualTo(FailureKind.BAD_ENCODING);
  }

  @Test
  void events_are_delivered_as_soon_as_the_compressor_flushed_them() throws Exception {
    SynchronousQueue<String> events = new SynchronousQueue<>();
    try (RawServer server = RawServer.plain(peer -> stream(peer, events));
        HttpConnection connection = dialer.dial(origin(server), look());
        HttpAnswer answer = started(connection, events)) {
      byte[] into = new byte[1000];
      for (String event : new String[] {"data: one\n\n", "data: two\n\n", "data: three\n\n"}) {
        if (!event.contains("one")) {
          events.put(event);
        }
        assertThat(new String(into, 0, answer.read(into, 0, into.length), UTF_8)).isEqualTo(event);
      }
      events.put("");
      assertThat(answer.read(into, 0, into.length)).isEqualTo(-1);
    }
  }

  private static HttpAnswer started(HttpConnection connection, SynchronousQueue<String> events)
      throws FailureException {
    Thread.ofVirtual()
        .start(() -> {
          try {
            events.put("data: one\n\n");
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return connection.exchange(get("/"), look());
  }

  private static void stream(RawPeer peer, SynchronousQueue<String> events) throws IOException {
    peer.readRequest();
    peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, true)) {
      for (String event = next(events); !event.isEmpty(); event = next(events)) {
        gzip.write(event.getBytes(UTF_8));
        gzip.flush();
        chunk(peer, bytes);
      }
    }
    chunk(peer, bytes);
    peer.write("0\r\n\r\n");
    peer.hold();
  }

  private static void chunk(RawPeer peer, ByteArrayOutputStream bytes) throws IOException {
    peer.write(Integer.toHexString(bytes.size()) + "\r\n");
    peer.write(bytes.toByteArray());
    peer.write("\r\n");
    bytes.reset();
  }

  private static String next(SynchronousQueue<String> events) throws IOException {
    try {
      return events.take();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static RawServer.Script compressed(String coding, byte[] body) {
    return peer -> {
      peer.readRequest();
      peer.write(head(coding, body.length));
      peer.write(body);
      peer.hold();
    };
  }

  private static String head(String coding, int length) {
    return "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
        .formatted(coding, length);
  }

  private static byte[] deflate(boolean raw) throws IOException {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, deflater)) {
      deflate.write(TEXT.getBytes(UTF_8));
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  /** "hello" in gzip with extra field, name, comment and header checksum. */
  private static byte[] withEveryHeaderField() {
    byte[] plain = RawPeer.gzip("hello");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0});
    out.writeBytes(new byte[] {3, 0, 'e', 'x', 't'});
    out.writeBytes("a name\0a comment\0".getBytes(ISO_8859_1));
    CRC32 sum = new CRC32();
    sum.update(out.toByteArray());
    out.write((int) sum.getValue());
    out.write((int) sum.getValue() >>> 8);
    out.write(plain, 10, plain.length - 10);
    return out.toByteArray();
  }
}
