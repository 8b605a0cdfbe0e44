package dev.pharos.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.http.WebFixture;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket client that keeps what it is told. */
final class FeedClient implements AutoCloseable, WebSocket.Listener {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  FeedClient(WebFixture web, String query) {
    URI uri = URI.create("ws://127.0.0.1:" + web.port() + "/ws" + query);
    socket = client.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      messages.add(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  /** The next message; fails when none comes. */
  JsonNode next() {
    try {
      String message = messages.poll(15, TimeUnit.SECONDS);
      assertThat(message).as("a message").isNotNull();
      return JSON.readTree(Objects.requireNonNull(message));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ids of the next events. */
  List<Integer> ids(int count) {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(next().path("event_id").asInt());
    }
    return ids;
  }

  CompletableFuture<WebSocket> send(String text) {
    return socket.sendText(text, true);
  }

  /** Goes without a word. */
  void abort() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    client.close();
  }
}
