package dev.pharos.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawServer;
import dev.pharos.trace.Look;
import org.junit.jupiter.api.Test;

final class ExchangeTest extends NetTest {
  @Test
  void a_kept_connection_carries_exchange_after_exchange() throws Exception {
    try (RawServer server =
            RawServer.plain(peer -> {
              while (true) {
                peer.answer(200, "text/plain", "echo " + peer.readRequest().body());
              }
            });
        HttpConnection connection = dialer.dial(origin(server), look())) {
      for (int i = 0; i < 3; i++) {
        Look look = look();
        try (HttpAnswer answer = connection.exchange(post("no " + i), look)) {
          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.header("content-TYPE")).isEqualTo("text/plain");
          assertThat(body(answer)).isEqualTo("echo no " + i);
        }
        assertThat(look.bytesRead()).isEqualTo(9);
        assertThat(connection.reusable()).isTrue();
        assertThat(connection.exchanges()).isEqualTo(i + 1);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }
}
