package dev.pharos.push;

import static dev.pharos.push.Happened.changed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.event.EventJson;
import dev.pharos.http.WebFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same feed as server-sent events. */
class StreamTest {
  private WebFixture web;

  @BeforeEach
  void start() {
    web =
        new WebFixture(
            null, new PushSettings(256, Duration.ofMillis(100), Duration.ofSeconds(10), 9));
  }

  @AfterEach
  void stop() {
    web.close();
  }

  /** A client that reads line by line. */
  private static final class Reader implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    Reader(WebFixture web, String query, String header) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), web.port());
      socket.setSoTimeout(15_000);
      String request =
          "GET /api/v1/events/stream"
              + query
              + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
              + header
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next line that begins so, without its beginning. */
    String next(String beginning) throws IOException {
      String line = lines.readLine();
      while (line != null && !line.startsWith(beginning)) {
        line = lines.readLine();
      }
      assertThat(line).as(beginning).isNotNull();
      return String.valueOf(line).substring(beginning.length());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void each_message_is_one_event_with_its_id() throws Exception {
    try (Reader reader = new Reader(web, "", "")) {
      assertThat(reader.next("HTTP/1.1 ")).startsWith("200");
      assertThat(reader.next("Content-Type: ")).startsWith("text/event-stream");
      assertThat(reader.next("data: ")).isEqualTo("{\"type\":\"hello\",\"cursor\":0}");
      var event = web.publish(changed("alpha"));
      assertThat(reader.next("id: ")).isEqualTo("1");
      assertThat(reader.next("data: ")).isEqualTo(EventJson.write(event));
    }
  }

  @Test
  void a_browser_goes_on_where_it_was() throws Exception {
    for (int i = 0; i < 5; i++) {
      web.publish(changed("alpha"));
    }
    try (Reader reader = new Reader(web, "?cursor=1", "Last-Event-ID: 3\r\n")) {
      assertThat(reader.next("data: ")).isEqualTo("{\"type\":\"hello\",\"cursor\":3}");
      assertThat(reader.next("id: ")).isEqualTo("4");
      assertThat(reader.next("id: ")).isEqualTo("5");
    }
    web.fleet.cut(4);
    try (Reader reader = new Reader(web, "?cursor=1&types=mcp_config_change", "")) {
      reader.next("data: ");
      assertThat(reader.next("data: ")).isEqualTo("{\"type\":\"reset\",\"cursor\":5}");
    }
  }

  @Test
  void silence_is_broken_and_who_is_gone_is_forgotten() throws Exception {
    try (Reader reader = new Reader(web, "", "")) {
      reader.next("data: ");
      assertThat(reader.next(":")).isNotNull();
      assertThat(web.push.counts().streams()).isEqualTo(1);
    }
    Awaitility.await().untilAsserted(() -> assertThat(web.push.counts().streams()).isZero());
  }

  @Test
  void the_end_of_the_monitor_ends_the_stream() throws Exception {
    try (Reader reader = new Reader(web, "", "")) {
      reader.next("data: ");
      web.push.close();
      Awaitility.await().untilAsserted(() -> assertThat(web.push.counts().streams()).isZero());
    }
  }
}
