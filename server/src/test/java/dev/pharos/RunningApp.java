package dev.pharos;

import dev.pharos.config.BadConfiguration;
import dev.pharos.config.ConfigReader;
import dev.pharos.trace.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole program on a data folder and a free port, as a client sees it. */
final class RunningApp implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final App app;
  private final HttpClient client = HttpClient.newHttpClient();

  RunningApp(Path data) {
    this(data, Map.of(), null);
  }

  RunningApp(Path data, Map<String, String> environment, @Nullable Path file) {
    try {
      ConfigReader reader = new ConfigReader(environment, Map.of("port", "0"), data);
      app = new App(reader, reader.read(file), InstantSource.system(), Ticker.system());
      app.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (BadConfiguration e) {
      throw new IllegalStateException(e.problems().toString(), e);
    }
  }

  URI address() {
    return app.address();
  }

  JsonNode get(String path) {
    return json(send("GET", path, null));
  }

  HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address().resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  /** A client of the feed, from now on. */
  Feed feed() {
    Feed feed = new Feed();
    URI uri = URI.create(address().toString().replaceFirst("http", "ws")).resolve("ws");
    client.newWebSocketBuilder().buildAsync(uri, feed).join();
    feed.next(event -> event.path("type").asString("").equals("hello"));
    return feed;
  }

  @Override
  public void close() {
    app.close();
    client.shutdownNow();
    client.close();
  }

  /** What a client of the feed hears. */
  static final class Feed implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        heard.add(JSON.readTree(part.toString()));
        part.setLength(0);
      }
      from.request(1);
      return null;
    }

    /** The next event of a kind; those before it are passed over. */
    JsonNode next(Predicate<JsonNode> wanted) {
      try {
        for (JsonNode event = heard.poll(20, TimeUnit.SECONDS);
            event != null;
            event = heard.poll(20, TimeUnit.SECONDS)) {
          if (wanted.test(event)) {
            return event;
          }
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      throw new AssertionError("no such event came");
    }

    /** The next change of a server's health. */
    JsonNode change(String server) {
      return next(event ->
          event.path("type").asString("").equals("mcp_status_change")
              && event.path("mcp_name").asString("").equals(server));
    }

    /** All that came so far and was not asked for yet. */
    List<JsonNode> rest() {
      List<JsonNode> rest = new java.util.ArrayList<>();
      heard.drainTo(rest);
      return rest;
    }
  }
}
