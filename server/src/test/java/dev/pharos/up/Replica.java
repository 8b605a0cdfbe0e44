package dev.pharos.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.FaultProxy;
import dev.pharos.testing.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One of several processes that share a fleet, with its own ways to the database and to Redis,
 * which can be cut, and a browser that follows it.
 */
final class Replica implements AutoCloseable {
  final FaultProxy database = FaultProxy.to(Postgres.port());
  final FaultProxy redis;
  final PharosProcess process;
  final Feed browser;
  boolean lives = true;

  /**
   * Starts it.
   *
   * @param redisPort of the Redis that all share
   * @param interval between looks, which does not adapt
   */
  Replica(Path data, String schema, int redisPort, Duration interval) {
    redis = FaultProxy.to(redisPort);
    process =
        PharosProcess.up(
            data,
            Map.of(
                "PHAROS_DATABASE_URL",
                Postgres.url(database.port()),
                "PHAROS_DATABASE_SCHEMA",
                schema,
                "PHAROS_REDIS_URL",
                "redis://127.0.0.1:" + redis.port(),
                "PHAROS_SECRET_KEY",
                "a key that all replicas have",
                "PHAROS_HEALTH_CHECK_INTERVAL_SECONDS",
                "" + interval.toSeconds(),
                "PHAROS_HEALTH_CHECK_ADAPTIVE",
                "false"));
    browser = Feed.webSocket(process.address(), null);
  }

  void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
  }

  /** What the monitor says of itself, such as {@code live} or {@code redis_lost}. */
  String state() {
    return process.rest().get("/api/v1/summary").path("state").asString("");
  }

  @Override
  public void close() {
    lives = false;
    browser.close();
    process.close();
    database.close();
    redis.close();
  }
}
