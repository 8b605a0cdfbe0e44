package dev.pharos.testing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The Redis that tests share within a JVM: an embedded one, or, where the system property {@code
 * pharos.test.redis} names one ({@code redis://host:port}, without a password), that; its database
 * 0 is emptied again and again.
 */
public final class TestRedis {
  private static final String OUTSIDE = System.getProperty("pharos.test.redis", "");
  private static @Nullable RedisProcess shared;

  private TestRedis() {}

  /** Where it is; started when it is not yet there. */
  public static synchronized InetSocketAddress address() {
    if (!OUTSIDE.isEmpty()) {
      URI uri = URI.create(OUTSIDE);
      return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 6379 : uri.getPort());
    }
    if (shared == null) {
      RedisProcess started = RedisProcess.start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      shared = started;
    }
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), shared.port());
  }
}
