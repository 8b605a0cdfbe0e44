package dev.pharos.up;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client of the live feed that keeps all it hears, with the time: over a WebSocket, or by
 * server-sent events. Thread-safe.
 */
final class Feed implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * One message.
   *
   * @param at on the clock of {@link System#nanoTime}
   */
  record Heard(long at, String text, JsonNode json) {
    String type() {
      return json.path("type").asString();
    }

    /** Of the journal, or 0. */
    long id() {
      return json.path("event_id").asLong(0);
    }

    boolean is(String type, String server) {
      return type().equals(type) && server.equals(json.path("mcp_name").asString(""));
    }

    /** Whether it tells that the server's health has become this. */
    boolean flip(String server, String health) {
      return is("mcp_status_change", server) && health.equals(json.path("new_status").asString());
    }
  }

  private final List<Heard> heard = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final HttpClient client = HttpClient.newHttpClient();

  private Feed() {}

  /** Follows over a WebSocket, from behind an event on, or from now. */
  static Feed webSocket(URI base, @Nullable Long cursor) {
    Feed feed = new Feed();
    String query = cursor == null ? "" : "?cursor=" + cursor;
    URI address = URI.create(base.resolve("/ws" + query).toString().replaceFirst("^http", "ws"));
    var _ =
        feed.client
            .newWebSocketBuilder()
            .buildAsync(address, feed.new Socket())
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
    feed.await("the greeting", each -> each.type().equals("hello"));
    return feed;
  }

  /** Follows by server-sent events, from behind an event on, or from now. */
  static Feed events(URI base, @Nullable Long cursor) {
    Feed feed = new Feed();
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/api/v1/events/stream"));
    if (cursor != null) {
      request.header("Last-Event-ID", Long.toString(cursor));
    }
    Thread.ofVirtual()
        .start(() -> {
          try (var lines = feed.client.send(request.build(), BodyHandlers.ofLines()).body()) {
            lines
                .filter(line -> line.startsWith("data:"))
                .forEach(line -> feed.hear(line.substring(5).strip()));
          } catch (Exception e) {
            // It ends with the monitor; what counts is what came before.
          } finally {
            feed.end.complete(null);
          }
        });
    feed.await("the greeting", each -> each.type().equals("hello"));
    return feed;
  }

  private void hear(String text) {
    long now = System.nanoTime();
    heard.add(new Heard(now, text, Rest.JSON.readTree(text)));
  }

  /** All that was heard, in order. */
  List<Heard> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  /** Events of the journal that were heard, in order. */
  List<Heard> stored() {
    return heard().stream().filter(each -> each.id() > 0).toList();
  }

  /** The first message like that, which may still have to come. */
  Heard await(String what, Predicate<Heard> like) {
    return await(what, 0, like);
  }

  /** The first message like that behind the first {@code skipped}. */
  Heard await(String what, int skipped, Predicate<Heard> like) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> heard().stream().skip(skipped).anyMatch(like));
    return heard().stream().skip(skipped).filter(like).findFirst().orElseThrow();
  }

  /** The number of messages so far, as a mark for {@link #await}. */
  int mark() {
    return heard.size();
  }

  /** Waits until the monitor has ended the connection. */
  void awaitEnd() {
    end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }

  private final class Socket implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        hear(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      end.complete(null);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      end.complete(null);
    }
  }
}
