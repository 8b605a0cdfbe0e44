package dev.pharos.redis;

import dev.pharos.testing.FaultProxy;
import dev.pharos.testing.TestRedis;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import redis.clients.jedis.Jedis;

/** Ways to a Redis in tests. */
final class Links {
  private Links() {}

  static RedisSettings settings(int port) {
    return new RedisSettings("127.0.0.1", port, false, null, null, 0);
  }

  static RedisLink open(FaultProxy proxy) {
    return open(proxy, _ -> {});
  }

  static RedisLink open(FaultProxy proxy, LinkListener listener) {
    return RedisLink.open(settings(proxy.port()), listener, InstantSource.system());
  }

  /** A plain client of the shared Redis. */
  static Jedis client() {
    InetSocketAddress address = TestRedis.address();
    return new Jedis(address.getHostString(), address.getPort());
  }

  static void eventually(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }
}
