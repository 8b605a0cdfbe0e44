package dev.pharos.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.http.WebFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A client that does not read harms nobody else. */
class SlowClientTest {
  private static final int EVENTS = 600;
  private static final String LONG = "x".repeat(32_000);

  private static PushSettings patience(Duration patience) {
    return new PushSettings(16, Duration.ofSeconds(20), patience, 9);
  }

  /** Opens the feed and reads nothing but the answer's beginning. */
  @SuppressWarnings("StringConcatToTextBlock") // the line ends are the point
  private static Socket deaf(WebFixture web) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), web.port()));
    String request =
        "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 101");
    return socket;
  }

  @Test
  void it_is_sent_away_and_counted_while_the_others_hear_everything() throws Exception {
    try (WebFixture web = new WebFixture(null, patience(Duration.ofMillis(300)));
        FeedClient other = new FeedClient(web, "");
        Socket deaf = deaf(web)) {
      other.next();
      Awaitility.await()
          .untilAsserted(() -> assertThat(web.push.counts().webSockets()).isEqualTo(2));
      List<Integer> heard = new ArrayList<>();
      for (int i = 1; i <= EVENTS; i++) {
        web.publish(Happened.monitor(LONG));
        heard.add(other.next().path("event_id").asInt());
      }

      assertThat(heard).hasSize(EVENTS).isSorted().doesNotHaveDuplicates();
      Awaitility.await()
          .untilAsserted(() -> assertThat(web.push.counts().webSockets()).isEqualTo(1));
      assertThat(web.push.counts().dropped()).isEqualTo(1);
      assertThat(deaf.isConnected()).isTrue();
    }
  }

  @Test
  void one_that_is_late_but_reads_gets_everything_from_the_journal() throws Exception {
    try (WebFixture web = new WebFixture(null, patience(Duration.ofSeconds(30)));
        FeedClient late = new FeedClient(web, "")) {
      late.next();
      for (int i = 1; i <= 5_000; i++) {
        web.publish(Happened.changed("alpha"));
      }
      List<Integer> ids = late.ids(5_000);
      assertThat(ids.getLast()).isEqualTo(5_000);
      assertThat(ids).isSorted().doesNotHaveDuplicates();
      assertThat(web.push.counts().dropped()).isZero();
    }
  }

  @Test
  void what_it_is_told_is_1013() {
    List<String> said = new ArrayList<>();
    Sink sink =
        new Sink() {
          @Override
          public void send(long id, String json) throws IOException {
            throw new TooSlowException("the client does not read");
          }

          @Override
          public void keepAlive(long position) {}

          @Override
          public void close(int code, String reason) {
            said.add(code + " " + reason);
          }
        };
    Tally tally = new Tally();
    try (WebFixture web = new WebFixture()) {
      new Client(
              web.fleet,
              PushSettings.DEFAULT,
              tally,
              sink,
              new Wanted(Set.of(), Set.of()),
              null,
              () -> true)
          .run();
    }

    assertThat(said).containsExactly("1013 too slow: come back with your cursor");
    assertThat(tally.counts().dropped()).isEqualTo(1);
  }
}
