package dev.pharos.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawServer;
import dev.pharos.trace.Look;
import dev.pharos.trace.WireTap.Direction;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class TapTest extends NetTest {
  @Test
  void the_tap_hears_the_connection_and_both_heads() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    Look look =
        look(
            20_000,
            (Direction direction, String channel, String text) ->
                heard.add(direction + " " + channel + " " + text));
    try (RawServer server = RawServer.plain(TlsTest.HELLO)) {
      try (HttpConnection connection = dialer.dial(origin(server), look);
          HttpAnswer answer = connection.exchange(post("{\"a\":1}"), look)) {
        assertThat(body(answer)).isEqualTo("hello");
      }
      String port = String.valueOf(server.port());
      assertThat(heard)
          .containsExactly(
              "NOTE http connected to 127.0.0.1 port " + port,
              "SENT http POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:"
                  + port
                  + "\r\nAccept-Encoding: gzip\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
              String.join(
                  "\r\n",
                  "RECEIVED http HTTP/1.1 200 Any",
                  "Content-Type: text/plain",
                  "Content-Length: 5",
                  "",
                  ""),
              "NOTE http closed the connection to 127.0.0.1:" + port);
    }
  }
}
