package dev.pharos.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The streams that the clients of one server hold, each by a name. Thread-safe. */
final class Streams {
  private static final Duration BREATH = Duration.ofSeconds(15);
  private static final int MOST = 100;

  private final Map<String, EventStream> open = new ConcurrentHashMap<>();
  private final Cue cue;

  Streams(Cue cue) {
    this.cue = cue;
    cue.later(BREATH, this::breathe);
  }

  /** Only writing tells that a client has gone. */
  private void breathe() {
    open.values().removeIf(stream -> !stream.breathe());
    cue.later(BREATH, this::breathe);
  }

  /** Begins a stream; null when there is one of that name, or too many: answered then. */
  @Nullable EventStream begin(String name, HttpExchange exchange) throws IOException {
    if (open.containsKey(name) || open.size() >= MOST) {
      try (exchange) {
        Http.refuse(exchange, open.containsKey(name) ? 409 : 503);
      }
      return null;
    }
    EventStream stream = EventStream.begin(exchange);
    EventStream other = open.put(name, stream);
    if (other != null) {
      other.close();
    }
    return stream;
  }

  /** Whether a message reached the holder of that stream. */
  boolean tell(String name, JsonNode message) {
    EventStream stream = open.get(name);
    return stream != null && stream.send("message", message.toString());
  }

  /** Tells all of them. */
  void tellAll(JsonNode message) {
    open.values().removeIf(stream -> !stream.send("message", message.toString()));
  }

  boolean has(String name) {
    return open.containsKey(name);
  }

  void end(String name) {
    EventStream stream = open.remove(name);
    if (stream != null) {
      stream.close();
    }
  }

  void endAll() {
    open.keySet().forEach(this::end);
  }
}
