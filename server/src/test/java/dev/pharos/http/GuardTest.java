package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and pages that may and may not lead to us. */
class GuardTest {
  private static WebFixture web;

  @BeforeAll
  static void start() {
    web = new WebFixture();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  private static String request(String line, String... headers) {
    return web.raw(
        line + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:PORT, 200",
    "localhost:PORT, 200",
    "LocalHost:PORT, 200",
    "localhost, 200",
    "localhost:1, 200",
    "[::1]:PORT, 200",
    "evil.test:PORT, 421",
    "127.0.0.1.evil.test, 421",
    "localhost.evil.test, 421",
    "10.0.0.1:PORT, 421",
    "[::2]:PORT, 421",
  })
  void the_host_must_be_one_of_ours(String host, int status) {
    String own = host.replace("PORT", Integer.toString(web.port()));

    assertThat(status(request("GET /health/live", "Host: " + own))).isEqualTo(status);
  }

  @Test
  void a_request_without_a_host_is_none() {
    assertThat(status(request("GET /health/live"))).isEqualTo(400);
    assertThat(status(web.raw("GET /health/live HTTP/1.0\r\n\r\n"))).isIn(400, 421, 505);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:PORT, 200",
    "https://127.0.0.1:PORT, 200",
    "http://localhost:PORT, 403", // another origin than the one addressed
    "http://127.0.0.1:1, 403",
    "http://127.0.0.1, 403",
    "http://evil.test, 403",
    "null, 403",
    "file://, 403",
  })
  void a_page_must_be_ours(String origin, int status) {
    String own = origin.replace("PORT", Integer.toString(web.port()));
    String[] headers = {"Host: 127.0.0.1:" + web.port(), "Origin: " + own};

    assertThat(status(request("GET /api/v1/summary", headers))).isEqualTo(status);
    assertThat(status(request("POST /api/v1/servers/check", headers)))
        .isEqualTo(status == 200 ? 202 : 403);
  }

  @ParameterizedTest
  @CsvSource({
    "same-origin, cors, /api/v1/summary, 200",
    "none, navigate, /api/v1/summary, 200",
    "cross-site, navigate, /, 200",
    "cross-site, no-cors, /, 403",
    "cross-site, navigate, /api/v1/summary, 403",
    "same-site, no-cors, /api/v1/summary, 403",
    "cross-site, navigate, /probe?target=http://localhost:1/, 403",
  })
  void a_browser_says_itself_where_a_request_comes_from(
      String site, String mode, String path, int status) {
    String answer =
        request(
            "GET " + path,
            "Host: localhost:" + web.port(),
            "Sec-Fetch-Site: " + site,
            "Sec-Fetch-Mode: " + mode);

    assertThat(status(answer)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:PORT, http://localhost:PORT, /ws, 101",
    "localhost:PORT, , /ws, 101",
    "localhost:PORT, http://evil.test, /ws, 403",
    "localhost:PORT, null, /ws, 403",
    "evil.test, http://evil.test, /ws, 421",
    "localhost:PORT, , /ws?cursor=x, 400",
    "localhost:PORT, , /ws?types=x, 400",
    "localhost:PORT, , /ws?colour=red, 400",
    "localhost:PORT, , /other, 404",
    "localhost:PORT, , /api/v1/servers, 404",
  })
  void web_sockets_are_guarded_alike(String host, @Nullable String origin, String path, int status)
      throws Exception {
    String port = Integer.toString(web.port());
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      socket.setSoTimeout(10_000);
      String lines =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: "
              + host.replace("PORT", port)
              + (origin == null ? "" : "\r\nOrigin: " + origin.replace("PORT", port))
              + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
              + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.US_ASCII));
      byte[] head = socket.getInputStream().readNBytes(12);
      assertThat(status(new String(head, StandardCharsets.US_ASCII) + " ")).isEqualTo(status);
      if (status != 101) {
        byte[] rest = new byte[8_192];
        int length = socket.getInputStream().read(rest);
        assertThat(new String(rest, 0, length, StandardCharsets.UTF_8))
            .contains("urn:pharos:problem:");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 192.168.1.7:8090, true",
    "0.0.0.0, [fe80::1]:8090, true",
    "0.0.0.0, monitor.lan, false",
    "0.0.0.0, pharos.example:443, true",
    "::, 10.1.1.1, true",
    "monitor.lan, monitor.lan:8090, true",
    "monitor.lan, other.lan, false",
    "monitor.lan, 10.1.1.1, false",
    "monitor.lan, '', false",
    "monitor.lan, monitor.lan@evil.test, false",
    "monitor.lan, 'monitor.lan, evil.test', false",
  })
  void names_follow_from_what_is_bound_and_configured(String bound, String host, boolean allowed) {
    Hosts hosts = Hosts.of(bound, List.of(URI.create("https://pharos.example")));

    assertThat(hosts.allow(host)).isEqualTo(allowed);
  }

  @Test
  void a_page_under_the_base_url_is_ours() {
    Hosts hosts = Hosts.of("127.0.0.1", List.of(URI.create("https://pharos.example/")));

    assertThat(hosts.sameOrigin("https://pharos.example", "127.0.0.1:8090")).isTrue();
    assertThat(hosts.sameOrigin("https://pharos.example:8443", "127.0.0.1:8090")).isFalse();
    assertThat(hosts.sameOrigin("http://pharos.example", "127.0.0.1:8090")).isFalse();
  }
}
