package dev.pharos.redis;

import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the stream as another program does. */
public final class Streams {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Streams() {}

  /** The ids of the journal's events, in the stream's order. */
  public static List<Long> journaled(Jedis redis) {
    return redis.xrange(Entry.STREAM, (StreamEntryID) null, null).stream()
        .map(entry -> JSON.readTree(entry.getFields().getOrDefault("data", "{}")).path("event_id"))
        .filter(JsonNode::isNumber)
        .map(JsonNode::longValue)
        .toList();
  }
}
