package dev.pharos.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of the live feed that notes how long after the end of a look its result arrived, and
 * when which server was said to be in which state. Thread-safe: guarded by itself.
 */
final class Feed implements WebSocket.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final StringBuilder partial = new StringBuilder();
  private final Set<String> flipped = new HashSet<>();
  private final Map<String, String> states = new HashMap<>();
  private Delays looks = new Delays();
  private Delays flips = new Delays();
  private boolean gone;

  private @Nullable WebSocket socket;

  static Feed connect(URI monitor) throws Exception {
    Feed feed = new Feed();
    URI uri = URI.create("ws://" + monitor.getAuthority() + "/ws");
    feed.socket =
        feed.client
            .newWebSocketBuilder()
            .connectTimeout(PATIENCE)
            .buildAsync(uri, feed)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return feed;
  }

  /** Delays in milliseconds, sorted. */
  static final class Delays {
    private double[] values = new double[1024];
    private int count;

    private void add(double millis) {
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      values[count++] = millis;
    }

    double[] sorted() {
      double[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      return sorted;
    }
  }

  /** Begins to note anew. */
  synchronized void reset() {
    looks = new Delays();
    flips = new Delays();
  }

  /** From the ends of looks to the arrival of their results. */
  synchronized double[] looks() {
    return looks.sorted();
  }

  /** The same of those looks that changed a server's state. */
  synchronized double[] flips() {
    return flips.sorted();
  }

  /**
   * Waits until a server is said to be in a state.
   *
   * @return whether that was said in time
   */
  synchronized boolean await(String server, String state, Duration atMost)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!state.equals(states.get(server))) {
      long left = end - System.nanoTime();
      if (left <= 0 || gone) {
        return false;
      }
      wait(Math.max(1, left / 1_000_000));
    }
    return true;
  }

  /** Whether the monitor ended the connection, which it must not. */
  synchronized boolean gone() {
    return gone;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    partial.append(text);
    if (last) {
      heard(partial.toString(), Instant.now());
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  private synchronized void heard(String event, Instant now) {
    if (event.startsWith("{\"type\":\"mcp_health_check\"")) {
      double took = number(event, "response_time_ms");
      double since =
          Duration.between(Instant.parse(field(event, "timestamp")), now).toNanos() / 1e6;
      if (flipped.remove(field(event, "mcp_name"))) {
        flips.add(since - took);
      } else if (took > 0) {
        looks.add(since - took);
      }
    } else if (event.startsWith("{\"type\":\"mcp_status_change\"")) {
      flipped.add(field(event, "mcp_name"));
      states.put(field(event, "mcp_name"), field(event, "new_status"));
      notifyAll();
    }
  }

  /** Values that are looked for hold no escapes: no parser is needed, which costs more. */
  private static String field(String event, String name) {
    int begin = event.indexOf("\"" + name + "\":\"") + name.length() + 4;
    return event.substring(begin, event.indexOf('"', begin));
  }

  private static double number(String event, String name) {
    int begin = event.indexOf("\"" + name + "\":") + name.length() + 3;
    int end = event.indexOf(',', begin);
    String value = event.substring(begin, end);
    return value.equals("null") ? 0 : Double.parseDouble(value);
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    ended();
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    ended();
  }

  private synchronized void ended() {
    gone = true;
    notifyAll();
  }

  @Override
  public void close() {
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
    client.shutdownNow();
  }
}
