package dev.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.capability.CapabilityCache;
import dev.pharos.capability.CapabilityCacheContract;
import dev.pharos.testing.FaultProxy;
import dev.pharos.testing.TestRedis;
import dev.pharos.trace.Ticker;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class RedisCapabilityCacheTest extends CapabilityCacheContract {
  private static final String KEY = "mcp:capabilities:a";

  private final FaultProxy proxy = FaultProxy.to(TestRedis.address());
  private final RedisLink link = Links.open(proxy);
  private final RedisCapabilityCache cache = new RedisCapabilityCache(link, time, Ticker.system());
  private final Jedis redis = Links.client();

  @BeforeEach
  void empty() {
    redis.flushDB();
  }

  @AfterEach
  void close() {
    redis.close();
    link.close();
    proxy.close();
  }

  @Override
  protected CapabilityCache cache() {
    return cache;
  }

  @Test
  void others_can_read_it_too() {
    cache.put("a", cached("one"));

    assertThat(redis.get(KEY))
        .startsWith("{\"cached_at\":\"2026-01-01T00:00:00Z\",")
        .contains("\"hash\":\"one\"", "\"tools\":[{ \"description\" : null", "\"prompts\":null")
        .contains("\"resources\":[", "\"resource_templates\":[");
    assertThat(redis.ttl(KEY)).isBetween(590L, 600L);
  }

  @Test
  void what_was_known_for_a_while_stays_for_the_rest_of_its_time() {
    var cached = cached("one");
    time.advance(Duration.ofMinutes(9));

    cache.put("a", cached);

    assertThat(redis.ttl(KEY)).isBetween(50L, 60L);
  }

  @Test
  void what_is_no_snapshot_is_a_miss() {
    for (String text :
        new String[] {"", "none", "[1]", "{\"tools\":[{\"name\":", "{\"hash\":\"x\"}"}) {
      redis.set(KEY, text);
      assertThat(cache.get("a")).as(text).isEmpty();
    }
    redis.del(KEY);
    redis.lpush(KEY, "a list");
    assertThat(cache.get("a")).isEmpty();
  }

  @Test
  void a_redis_that_is_gone_is_a_miss_that_costs_no_time_and_then_it_serves_again() {
    cache.put("a", cached("one"));
    proxy.refuse();
    proxy.cut();

    callsAreQuick();

    proxy.pass();
    Links.eventually(() -> assertThat(cache.get("a")).isPresent());
  }

  @Test
  void a_redis_that_hangs_is_a_miss_that_costs_its_timeout_once() {
    cache.put("a", cached("one"));
    proxy.pause();

    callsAreQuick();

    proxy.pass();
    Links.eventually(() -> assertThat(cache.get("a")).isPresent());
  }

  @Test
  void a_redis_that_is_slow_is_not_waited_for() {
    cache.put("a", cached("one"));
    proxy.delay(Duration.ofMillis(150));

    callsAreQuick();
  }

  /** A thousand calls in less than what three time-outs take. */
  private void callsAreQuick() {
    long start = System.nanoTime();
    for (int i = 0; i < 500; i++) {
      var _ = cache.get("a");
      cache.put("b", cached("two"));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertThat(cache.get("a")).isEmpty();
  }
}
