package dev.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.FaultProxy;
import dev.pharos.testing.MemoryJournal;
import dev.pharos.testing.RedisProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * What a Redis of our own goes through while events are written all the time. It saves each write,
 * where it is not said otherwise.
 */
class RedisFaultIT {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final String[] SAVES = {"--appendonly yes", "--appendfsync always"};

  private static final ProtocolCommand DEBUG = () -> "DEBUG".getBytes(StandardCharsets.US_ASCII);

  private final RedisProcess server = RedisProcess.start(SAVES);
  private final FaultProxy proxy = FaultProxy.to(server.port());
  private final MemoryJournal journal = new MemoryJournal();
  private final MemoryMark mark = new MemoryMark();
  private final AtomicInteger written = new AtomicInteger();
  private volatile boolean writing = true;

  /** The last event that may have been in a Redis that forgot. */
  private volatile long lastBefore;

  @AfterEach
  void close() {
    proxy.close();
    server.close();
  }

  /** What breaks, and what mends it. */
  private interface Fault {
    void happen() throws InterruptedException;
  }

  /** What was in the stream, and what the first node was told of the link. */
  private record Told(long lastBefore, List<Long> ids, List<Boolean> states) {
    void everythingOnceInOrder() {
      assertThat(ids).containsExactlyElementsOf(range(1, ids.size()));
    }

    void whatCameSinceOnceInOrder() {
      assertThat(ids.getFirst()).isLessThanOrEqualTo(lastBefore + 1);
      assertThat(ids).containsExactlyElementsOf(range(ids.getFirst(), ids.getLast()));
    }

    void oneOutage() {
      assertThat(states).containsExactly(false, true);
    }

    private static List<Long> range(long first, long last) {
      return LongStream.rangeClosed(first, last).boxed().toList();
    }
  }

  /** Two nodes, of which one writes, before, during and after the fault. */
  private Told during(Fault fault) throws InterruptedException {
    try (FeedNode one = new FeedNode("n1", proxy, journal, mark).start();
        FeedNode two = new FeedNode("n2", proxy, journal, mark)) {
      two.leads(false);
      two.start();
      Thread writer = Thread.ofVirtual().start(() -> write(one, two));
      Thread.sleep(500);
      fault.happen();
      Links.eventually(() -> assertThat(one.link().state().connected()).isTrue());
      Links.eventually(() -> assertThat(two.link().state().connected()).isTrue());
      Thread.sleep(500);
      writing = false;
      writer.join();
      figuresArrive(one, two);
      two.hears(written.get());
      one.hears(written.get());
      Links.eventually(() -> assertThat(ids()).endsWith((long) written.get()));
      assertThat(one.counts().lag()).isZero();
      return new Told(lastBefore, ids(), one.states());
    }
  }

  private List<Long> ids() {
    try (Jedis redis = client()) {
      return Streams.journaled(redis);
    }
  }

  private Jedis client() {
    return new Jedis("127.0.0.1", server.port());
  }

  private void write(FeedNode one, FeedNode two) {
    while (writing) {
      int number = written.incrementAndGet();
      one.write(new FleetEvent.MonitorChanged(NOON, "live", "number " + number));
      one.publish(looked("server " + number % 10));
      if (number % 50 == 0) {
        two.bus().ring(); // as the database does
      }
      pause(10);
    }
    two.bus().ring();
  }

  private static void figuresArrive(FeedNode from, FeedNode to) {
    StoredEvent figure = looked("the last");
    Links.eventually(() -> {
      from.publish(figure);
      assertThat(to.heard()).contains(figure);
    });
  }

  private static StoredEvent looked(String server) {
    return new StoredEvent(
        0, new FleetEvent.Checked(NOON, server, Health.HEALTHY, NOON, 1L, 1, null));
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void stopped() throws InterruptedException {
    Told told =
        during(() -> {
          server.kill();
          Thread.sleep(3_000);
          server.restart();
        });
    told.everythingOnceInOrder();
    told.oneOutage();
  }

  @Test
  void paused_for_20_seconds() throws InterruptedException {
    Told told =
        during(() -> {
          server.hold(true);
          Thread.sleep(20_000);
          server.hold(false);
        });
    told.everythingOnceInOrder();
    told.oneOutage();
  }

  @Test
  void flushed() throws InterruptedException {
    Told told =
        during(() -> {
          try (Jedis redis = client()) {
            redis.flushAll();
            lastBefore = written.get();
          }
        });
    told.whatCameSinceOnceInOrder();
    assertThat(told.states()).isEmpty();
  }

  @Test
  void restarted_empty() throws InterruptedException {
    Told told =
        during(() -> {
          server.kill();
          lastBefore = written.get();
          Thread.sleep(2_000);
          server.restart("--appendonly no");
        });
    told.whatCameSinceOnceInOrder();
    told.oneOutage();
  }

  @Test
  void out_of_memory() throws InterruptedException {
    Told told =
        during(() -> {
          try (Jedis redis = client()) {
            redis.configSet("maxmemory", "1");
            Thread.sleep(5_000);
            redis.configSet("maxmemory", "0");
          }
        });
    told.everythingOnceInOrder();
    told.oneOutage();
  }

  @Test
  void a_replica_for_a_while() throws InterruptedException {
    Told told =
        during(() -> {
          try (Jedis redis = client()) {
            redis.replicaof("127.0.0.1", 1);
            Thread.sleep(4_000);
            redis.replicaofNoOne();
          }
        });
    told.everythingOnceInOrder();
    told.oneOutage();
  }

  @Test
  void loading() throws InterruptedException {
    Told told =
        during(() -> {
          try (Jedis redis = client()) {
            var _ = redis.sendCommand(DEBUG, "POPULATE", "30000", "key", "300");
            redis.bgrewriteaof();
            Links.eventually(
                () -> assertThat(redis.info("persistence")).contains("aof_rewrite_in_progress:0"));
          }
          server.kill();
          server.restart("--key-load-delay 100");
        });
    told.everythingOnceInOrder();
    told.oneOutage();
  }

  @Test
  void refused_and_cut() throws InterruptedException {
    Told told =
        during(() -> {
          proxy.refuse();
          proxy.cut();
          Thread.sleep(3_000);
          proxy.pass();
        });
    told.everythingOnceInOrder();
    told.oneOutage();
  }

  @Test
  void cut_again_and_again() throws InterruptedException {
    Told told =
        during(() -> {
          for (int i = 0; i < 40; i++) {
            proxy.cut();
            Thread.sleep(37);
          }
        });
    told.everythingOnceInOrder();
  }

  @Test
  void slow() throws InterruptedException {
    Told told =
        during(() -> {
          proxy.delay(Duration.ofMillis(300));
          Thread.sleep(6_000);
          proxy.pass();
        });
    told.everythingOnceInOrder();
    assertThat(told.states()).isEmpty();
  }

  @Test
  void slower_than_we_wait() throws InterruptedException {
    Told told =
        during(() -> {
          proxy.delay(Duration.ofSeconds(2));
          Thread.sleep(12_000);
          proxy.pass();
        });
    told.everythingOnceInOrder();
    told.oneOutage();
  }

  @Test
  void the_stream_stays_within_its_bound() {
    int events = 103_000;
    try (FeedNode node = new FeedNode("n1", proxy, journal, mark)) {
      for (int i = 1; i <= events; i++) {
        journal.add(new FleetEvent.MonitorChanged(NOON, "live", "number " + i));
      }
      long start = System.nanoTime();
      node.start();
      Links.eventually(() -> assertThat(node.counts().published()).isEqualTo(events));
      System.out.printf(
          "relayed %,d events in %,d ms%n", events, (System.nanoTime() - start) / 1_000_000);
    }
    List<Long> ids = ids();
    assertThat(ids).hasSizeBetween(100_000, 100_500).endsWith((long) events);
    assertThat(ids).containsExactlyElementsOf(Told.range(ids.getFirst(), events));
  }

  @Test
  void a_node_that_was_away_hears_no_old_figures() {
    try (FaultProxy other = FaultProxy.to(server.port());
        FeedNode one = new FeedNode("n1", proxy, journal, mark).start();
        FeedNode two = new FeedNode("n2", other, journal, mark).start()) {
      figuresArrive(one, two);
      other.refuse();
      other.cut();
      Links.eventually(() -> assertThat(two.link().state().connected()).isFalse());
      one.publish(looked("old"));
      pause(7_000);
      other.pass();
      Links.eventually(() -> assertThat(two.link().state().connected()).isTrue());
      StoredEvent fresh = looked("fresh");
      Links.eventually(() -> {
        one.publish(fresh);
        assertThat(two.heard()).contains(fresh);
      });
      assertThat(two.heard()).doesNotContain(looked("old"));
    }
  }
}
