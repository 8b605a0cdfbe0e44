package dev.pharos.redis;

import dev.pharos.capability.CapabilityCache;
import dev.pharos.trace.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The cache that all nodes share: keys {@code mcp:capabilities:{name}}, which other programs may
 * read. A Redis that is lost or slow is a miss and never an error; and after one call had to wait
 * for it, no further one does until it answers again. Thread-safe.
 */
public final class RedisCapabilityCache implements CapabilityCache {
  static final String PREFIX = "mcp:capabilities:";

  /** An answer that took longer is worth no more than none: the database is as near. */
  private static final Duration SLOW = Duration.ofMillis(250);

  private final RedisLink link;
  private final InstantSource clock;
  private final Ticker ticker;
  private final Breaker breaker;

  public RedisCapabilityCache(RedisLink link, InstantSource clock, Ticker ticker) {
    this.link = link;
    this.clock = clock;
    this.ticker = ticker;
    this.breaker = new Breaker(ticker);
  }

  @Override
  public Optional<Cached> get(String server) {
    String found = ask(new Command(Protocol.Command.GET, PREFIX + server));
    return Optional.ofNullable(found).flatMap(CapabilityDocument::read).filter(this::fresh);
  }

  @Override
  public void put(String server, Cached cached) {
    Duration left = Duration.between(clock.instant(), cached.cachedAt().plus(TTL));
    long seconds = Math.min(left.toSeconds(), TTL.toSeconds());
    if (seconds > 0) {
      String document = CapabilityDocument.write(cached);
      ask(new Command(Protocol.Command.SETEX, PREFIX + server, Long.toString(seconds), document));
    } else {
      drop(server);
    }
  }

  @Override
  public void drop(String server) {
    ask(new Command(Protocol.Command.DEL, PREFIX + server));
  }

  private boolean fresh(Cached cached) {
    Instant end = cached.cachedAt().plus(TTL);
    return clock.instant().isBefore(end);
  }

  private @Nullable String ask(Command command) {
    return guarded(() -> {
      try (Connection connection = link.borrow()) {
        connection.sendCommand(command.name(), command.bytes());
        return connection.getOne();
      }
    });
  }

  private @Nullable String guarded(Supplier<@Nullable Object> call) {
    if (!breaker.admits()) {
      return null;
    }
    long start = ticker.nanos();
    boolean worked = false;
    try {
      Object answer = call.get();
      worked = ticker.nanos() - start < SLOW.toNanos();
      return answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : null;
    } catch (JedisException e) {
      return null;
    } finally {
      if (worked) {
        breaker.worked();
      } else {
        breaker.failed();
      }
    }
  }
}
