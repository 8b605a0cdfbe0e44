package dev.pharos.redis;

import dev.pharos.event.EventJson;
import dev.pharos.fleet.StoredEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An entry of the stream.
 *
 * @param node who put it there, when it is of no journal; null for one of the journal
 * @param data the event's public JSON
 */
record Entry(String id, @Nullable String node, String data) {
  static final String STREAM = "mcp:status:updates";

  private static final String MAX_LENGTH = "100000";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Appends nothing, as Redis says when it would have let us. */
  static final Command NONE = new Command(Protocol.Command.XADD, STREAM, "0-0", "type", "none");

  /** The command that appends an event of the journal. */
  static Command add(StoredEvent event) {
    return new Command(
        Protocol.Command.XADD,
        STREAM,
        "MAXLEN",
        "~",
        MAX_LENGTH,
        "*",
        "type",
        event.event().type(),
        "data",
        EventJson.write(event));
  }

  /** The command that appends an event of no journal, with the node that it comes from. */
  static Command add(StoredEvent event, String node) {
    return new Command(
        Protocol.Command.XADD,
        STREAM,
        "MAXLEN",
        "~",
        MAX_LENGTH,
        "*",
        "type",
        event.event().type(),
        "data",
        EventJson.write(event),
        "node",
        node);
  }

  /** Reads an entry as it is answered: its id, and a list of names and values in turn. */
  static Entry of(Object answer) {
    List<?> pair = (List<?>) answer;
    Map<String, String> fields = new HashMap<>();
    if (pair.get(1) instanceof List<?> all) {
      for (int i = 0; i + 1 < all.size(); i += 2) {
        fields.put(text(all.get(i)), text(all.get(i + 1)));
      }
    }
    return new Entry(text(pair.get(0)), fields.get("node"), fields.getOrDefault("data", ""));
  }

  /** The id in the journal, or 0 when it has none. */
  long eventId() {
    try {
      return JSON.readTree(data).path("event_id").asLong(0);
    } catch (JacksonException e) {
      return 0;
    }
  }

  private static String text(@Nullable Object bytes) {
    String text = Wire.text(bytes);
    return text == null ? "" : text;
  }
}
