package dev.pharos.redis;

import dev.pharos.redis.Health.Part;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The way to one Redis: its connections, and whether it can be used now. Owns a small pool for
 * short questions; who follows or fills the stream takes a connection of its own. Thread-safe.
 */
public final class RedisLink implements AutoCloseable {
  /** What Pharos must be allowed to run. */
  static final String RIGHTS =
      "+info +time +get +set +setex +del +watch +unwatch +multi +exec +discard +xadd +xread"
          + " +select";

  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(3);

  /** The pool serves people who wait, and has the database to fall back upon. */
  private static final Duration QUICK = Duration.ofMillis(500);

  private static final Duration POOL_WAIT = Duration.ofMillis(50);
  private static final int POOL = 8;

  private final RedisSettings settings;
  private final Health health;
  private final ConnectionPool pool;
  private volatile boolean checked;

  private RedisLink(RedisSettings settings, Health health) {
    this.settings = settings;
    this.health = health;
    ConnectionPoolConfig bounds = new ConnectionPoolConfig();
    bounds.setMaxTotal(POOL);
    bounds.setMaxIdle(POOL);
    bounds.setMaxWait(POOL_WAIT);
    bounds.setJmxEnabled(false);
    bounds.setTimeBetweenEvictionRuns(Duration.ofSeconds(-1)); // no thread for so little
    this.pool = new ConnectionPool(place(settings), config(settings, QUICK, QUICK), bounds);
  }

  /**
   * Looks whether Redis can be used. One that cannot be reached is no error: the link begins as
   * lost, and those who use it try again. Waits for seconds at most.
   *
   * @param listener told of changes, from when the feed starts
   * @throws RedisException when it is too old, or refuses the user, the password or the certificate
   *     or a command
   */
  public static RedisLink open(RedisSettings settings, LinkListener listener, InstantSource clock) {
    Health health = new Health(clock, listener);
    RedisLink link = new RedisLink(settings, health);
    try {
      link.connect(Duration.ZERO).close();
      LOG.atInfo().addKeyValue("redis", settings).log("Redis is there");
      return link;
    } catch (JedisException e) {
      if (Trouble.isRefusal(e)) {
        link.close();
        throw new RedisException("redis_url: " + Trouble.of(e));
      }
      health.failed(Part.READER, Trouble.of(e));
      return link;
    } catch (RedisException e) {
      link.close();
      throw e;
    }
  }

  /** Whether Redis can be used now, as far as is known. */
  public LinkState state() {
    return health.state();
  }

  Health health() {
    return health;
  }

  /**
   * A new connection; the first one looks whether this Redis will do.
   *
   * @param block how long its commands block by their nature
   */
  Wire connect(Duration block) {
    JedisClientConfig config = config(settings, CONNECT, ANSWER.plus(block));
    Wire wire = new Wire(new Connection(place(settings), config));
    try {
      if (!checked) {
        StartCheck.run(wire, settings);
        checked = true;
      }
      return wire;
    } catch (RuntimeException e) {
      wire.close();
      throw e;
    }
  }

  /** Borrows a connection of the pool, to be closed soon; throws when none is to be had quickly. */
  Connection borrow() {
    return pool.getResource();
  }

  private static HostAndPort place(RedisSettings settings) {
    return new HostAndPort(settings.host(), settings.port());
  }

  private static JedisClientConfig config(
      RedisSettings settings, Duration connect, Duration answer) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis((int) connect.toMillis())
            .socketTimeoutMillis((int) answer.toMillis())
            .serverDefaultProtocol()
            .autoNegotiateProtocol(false)
            // Neither needed nor always allowed.
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .database(settings.database());
    if (settings.tls()) {
      config.sslOptions(SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
    }
    if (settings.user() != null) {
      config.user(settings.user());
    }
    if (settings.password() != null) {
      config.password(settings.password().reveal());
    }
    return config.build();
  }

  @Override
  public void close() {
    pool.close();
    health.close();
  }
}
