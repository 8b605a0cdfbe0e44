package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.access.PasswordHash;
import dev.pharos.access.Session;
import dev.pharos.push.PushSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who listens to the live feed, and for how long. */
class FeedLoginTest {
  private final WebFixture web = new WebFixture(WebFixture.PASSWORD, PushSettings.DEFAULT);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    web.close();
    client.shutdownNow();
    client.close();
  }

  private static String cookie(Session session) {
    return Guard.COOKIE + "=" + session.id();
  }

  private static String basic() {
    byte[] pair = ("anyone:" + WebFixture.PASSWORD).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** A listener, until it is sent away. */
  private final class Listener implements WebSocket.Listener {
    final CompletableFuture<String> closed = new CompletableFuture<>();
    final CompletableFuture<String> greeting = new CompletableFuture<>();

    Listener(String header, String value) {
      URI uri = URI.create("ws://127.0.0.1:" + web.port() + "/ws");
      client.newWebSocketBuilder().header(header, value).buildAsync(uri, this).join();
      greeting.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      greeting.complete(data.toString());
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code + " " + reason);
      return null;
    }

    String end() {
      return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  @Test
  void who_logs_out_hears_no_more_and_the_others_do() {
    Session one = web.access.open();
    Session two = web.access.open();
    Listener ended = new Listener("Cookie", cookie(one));
    Listener stays = new Listener("Cookie", cookie(two));

    web.push.review();
    web.access.close(one.id());
    web.push.review();

    assertThat(ended.end()).isEqualTo("1008 the session has ended");
    assertThat(stays.closed).isNotDone();
  }

  @Test
  void another_password_sends_everybody_away() {
    Listener session = new Listener("Cookie", cookie(web.access.open()));
    Listener script = new Listener("Authorization", basic());
    web.push.review();

    web.access.change(PasswordHash.of("another password"));
    web.push.review();

    assertThat(session.end()).startsWith("1008");
    assertThat(script.end()).startsWith("1008");
  }

  @Test
  void server_sent_events_end_too() throws Exception {
    Session session = web.access.open();
    HttpRequest request =
        HttpRequest.newBuilder(web.uri("/api/v1/events/stream"))
            .header("Cookie", cookie(session))
            .build();
    try (InputStream events =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      assertThat(new String(events.readNBytes(20), StandardCharsets.UTF_8)).contains("hello");
      web.access.close(session.id());
      web.push.review();

      CompletableFuture<Integer> rest =
          CompletableFuture.supplyAsync(() -> {
            try {
              return events.readAllBytes().length;
            } catch (IOException e) {
              return -1;
            }
          });
      assertThat(rest.get(10, TimeUnit.SECONDS)).isNotNegative();
    }
  }

  /** The library under us would open one of its own at each WebSocket, for nothing. */
  @Test
  void a_web_socket_sets_no_cookie() throws IOException {
    StringBuilder head = new StringBuilder();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      socket.setSoTimeout(10_000);
      String request =
          """
          GET /ws HTTP/1.1
          Host: localhost
          Connection: Upgrade
          Upgrade: websocket
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          Cookie: %s

          """
              .formatted(cookie(web.access.open()))
              .replace("\n", "\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
    }
    assertThat(head).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("set-cookie");
  }
}
