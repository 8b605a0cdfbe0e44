package dev.pharos.redis;

import dev.pharos.redis.Health.Part;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A thread with a connection of its own that does its turns for ever. When Redis fails it tries
 * again, at once the first time and then later, and says how it goes. Owned by the feed.
 */
final class Worker implements AutoCloseable {
  /** What it does, again and again, on the worker's thread. */
  interface Job {
    /**
     * Does one turn; waits by itself when there is nothing to do.
     *
     * @throws JedisException when Redis fails
     */
    void turn(Worker worker) throws InterruptedException;

    /** Redis failed: what the turn was about may be given up. */
    default void failed() {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** So many broken connections in a row are no outage yet. */
  private static final int BLIPS = 2;

  private static final long FIRST_WAIT_MILLIS = 100;
  private static final long LONGEST_WAIT_MILLIS = 1_000;
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final RedisLink link;
  private final Part part;
  private final Duration block;
  private final Job job;
  private final Alarm alarm;
  private final Thread thread;

  private volatile @Nullable Wire wire;
  private int failures;
  private boolean stumbling;

  /**
   * @param block how long its commands block by their nature
   */
  Worker(RedisLink link, Part part, Duration block, Job job) {
    this(link, part, block, job, new Alarm());
  }

  /** With an alarm that its job has too. */
  Worker(RedisLink link, Part part, Duration block, Job job, Alarm alarm) {
    this.alarm = alarm;
    this.link = link;
    this.part = part;
    this.block = block;
    this.job = job;
    this.thread = Thread.ofVirtual().name("pharos-redis-" + part).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Alarm alarm() {
    return alarm;
  }

  /** The connection, made when there is none; told from the one before by its identity. */
  Wire wire() {
    Wire open = wire;
    if (open == null) {
      open = link.connect(block);
      wire = open;
      if (alarm.over()) {
        open.close();
      }
    }
    return open;
  }

  /** Redis did what it was asked. */
  void fine() {
    failures = 0;
    link.health().fine(part);
  }

  /** This node has no use for the connection now, and no view of how Redis does. */
  void rest() {
    drop();
    fine();
  }

  private void run() {
    try {
      while (!alarm.over()) {
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop();
    }
  }

  private void turn() throws InterruptedException {
    try {
      job.turn(this);
      stumbling = false;
    } catch (JedisException | RedisException e) {
      failed(e);
    } catch (RuntimeException e) {
      // The database is away, most likely.
      if (!stumbling) {
        LOG.atWarn().addKeyValue("part", part).setCause(e).log("The feed through Redis waits");
      }
      stumbling = true;
      alarm.rest(Duration.ofMillis(LONGEST_WAIT_MILLIS));
    }
  }

  private void failed(RuntimeException e) throws InterruptedException {
    drop();
    if (alarm.over()) {
      return;
    }
    failures++;
    job.failed();
    if (failures <= BLIPS && Trouble.isBlip(e)) {
      alarm.rest(Duration.ofMillis((failures - 1) * FIRST_WAIT_MILLIS));
      return;
    }
    String why = e instanceof RedisException ? e.getMessage() : Trouble.of(e);
    link.health().failed(part, why == null ? "" : why);
    long wait = FIRST_WAIT_MILLIS << Math.min(failures, 10);
    alarm.rest(Duration.ofMillis(Math.min(wait, LONGEST_WAIT_MILLIS)));
  }

  private void drop() {
    Wire open = wire;
    wire = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    alarm.end();
    Wire open = wire;
    if (open != null) {
      open.close();
    }
    try {
      thread.join(GOODBYE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
