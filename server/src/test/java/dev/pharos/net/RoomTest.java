package dev.pharos.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawServer;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where there are more connections than file handles. */
@Timeout(30)
final class RoomTest extends NetTest {
  @Test
  void connections_beyond_the_bound_are_used_and_not_kept() throws Exception {
    List<HttpConnection> connections = new ArrayList<>();
    try (HttpDialer small = new HttpDialer(SETTINGS.withMaxOpen(2), TICKER);
        RawServer server =
            RawServer.plain(peer -> {
              while (true) {
                peer.readRequest();
                peer.answer(200, "text/plain", "hi");
              }
            })) {
      for (int i = 0; i < 4; i++) {
        HttpConnection connection = small.dial(origin(server), look());
        connections.add(connection);
        ask(connection);
      }
      assertThat(connections)
          .extracting(HttpConnection::reusable)
          .containsExactly(true, true, false, false);
      Awaitility.await().until(() -> server.open() == 2);

      connections.getFirst().close();
      HttpConnection another = small.dial(origin(server), look());
      connections.add(another);
      ask(another);
      assertThat(another.reusable()).isTrue();
    } finally {
      connections.forEach(HttpConnection::close);
    }
  }

  private static void ask(HttpConnection connection) throws Exception {
    try (HttpAnswer answer = connection.exchange(get("/"), look())) {
      assertThat(body(answer)).isEqualTo("hi");
    }
  }
}
