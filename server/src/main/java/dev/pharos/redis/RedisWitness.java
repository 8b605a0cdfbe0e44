package dev.pharos.redis;

import dev.pharos.cluster.Witness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Nodes that reach the database say so in Redis too, in a key that lives for some seconds: a node
 * that does not reach it looks there whether others do. Thread-safe.
 */
public final class RedisWitness implements Witness {
  static final String KEY = "pharos:database:reached";

  /** Longer than the nodes' beat, shorter than the time after which a node counts as dead. */
  private static final Duration HOLDS = Duration.ofSeconds(5);

  private final RedisLink link;
  private final String node;

  public RedisWitness(RedisLink link, String node) {
    this.link = link;
    this.node = node;
  }

  @Override
  public void reached() {
    if (!link.state().connected()) {
      return;
    }
    try {
      var _ = ask(new Command(Protocol.Command.SETEX, KEY, Long.toString(HOLDS.toSeconds()), node));
    } catch (JedisException e) {
      // Then it tells nothing, and nobody relies on it.
    }
  }

  @Override
  public boolean nobodyReaches() {
    try {
      String last = ask(new Command(Protocol.Command.GET, KEY));
      return last == null || last.equals(node);
    } catch (JedisException e) {
      return false;
    }
  }

  private @Nullable String ask(Command command) {
    try (Connection connection = link.borrow()) {
      connection.sendCommand(command.name(), command.bytes());
      return connection.getOne() instanceof byte[] bytes
          ? new String(bytes, StandardCharsets.UTF_8)
          : null;
    }
  }
}
