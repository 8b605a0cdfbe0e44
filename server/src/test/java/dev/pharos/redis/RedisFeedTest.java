package dev.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.event.EventJson;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.FaultProxy;
import dev.pharos.testing.MemoryJournal;
import dev.pharos.testing.TestRedis;
import dev.pharos.testing.Trap;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

class RedisFeedTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  private final FaultProxy proxy = FaultProxy.to(TestRedis.address());
  private final MemoryJournal journal = new MemoryJournal();
  private final MemoryMark mark = new MemoryMark();
  private final Jedis redis = Links.client();

  @BeforeEach
  void empty() {
    redis.flushDB();
  }

  @AfterEach
  void close() {
    redis.close();
    proxy.close();
  }

  private FeedNode node(String name) {
    return new FeedNode(name, proxy, journal, mark);
  }

  private static FleetEvent event(int number) {
    return new FleetEvent.MonitorChanged(NOON.plusSeconds(number), "live", "number " + number);
  }

  private static StoredEvent looked(String server, Health health) {
    return new StoredEvent(0, new FleetEvent.Checked(NOON, server, health, NOON, 1_500L, 3, null));
  }

  /** The ids of the journal's events in the stream, in the stream's order. */
  private List<Long> relayed() {
    return Streams.journaled(redis);
  }

  private void relayedAre(long first, long last) {
    Links.eventually(() ->
        assertThat(relayed())
            .containsExactlyElementsOf(LongStream.rangeClosed(first, last).boxed().toList()));
  }

  @Test
  void an_event_of_the_journal_is_an_entry_with_its_type_and_its_json() {
    try (FeedNode node = node("n1").start()) {
      StoredEvent stored = node.write(event(1));
      relayedAre(1, 1);

      StreamEntry entry = redis.xrange(Entry.STREAM, (StreamEntryID) null, null).getFirst();
      assertThat(entry.getFields())
          .containsOnlyKeys("type", "data")
          .containsEntry("type", "monitor_state")
          .containsEntry("data", EventJson.write(stored));
      assertThat(redis.get(Relay.MARKER)).isEqualTo("1");
    }
  }

  @Test
  void many_events_are_there_once_and_in_order_whoever_wrote_them() {
    try (FeedNode one = node("n1").start();
        FeedNode two = node("n2").start()) {
      two.leads(false);
      for (int i = 0; i < 700; i++) {
        (i % 2 == 0 ? one : two).write(event(i));
      }
      relayedAre(1, 700);
      assertThat(one.counts().published() + two.counts().published()).isEqualTo(700);
      assertThat(one.counts().lag()).isZero();
      two.hears(700);
      one.hears(700);
    }
  }

  @Test
  void two_that_both_think_they_lead_double_nothing() {
    try (FeedNode one = node("n1").start();
        FeedNode two = node("n2").start()) {
      for (int i = 0; i < 300; i++) {
        one.write(event(2 * i));
        two.write(event(2 * i + 1));
      }
      relayedAre(1, 600);
    }
  }

  @Test
  void leadership_moves_without_a_gap_and_without_a_double() {
    try (FeedNode one = node("n1").start();
        FeedNode two = node("n2").start()) {
      for (int i = 0; i < 300; i++) {
        boolean first = i / 50 % 2 == 0;
        one.leads(first);
        two.leads(!first);
        one.write(event(i));
      }
      relayedAre(1, 300);
    }
  }

  @Test
  void a_transaction_whose_answer_was_lost_is_not_done_twice() {
    try (FeedNode node = node("n1").start()) {
      node.write(event(1));
      relayedAre(1, 1);
      proxy.set(Trap.answerLostTo("EXEC"));
      node.write(event(2));
      Links.eventually(() -> assertThat(proxy.sprung()).isTrue());
      node.write(event(3));
      relayedAre(1, 3);
    }
  }

  @Test
  void a_transaction_that_did_not_arrive_is_done_again() {
    try (FeedNode node = node("n1").start()) {
      node.write(event(1));
      relayedAre(1, 1);
      proxy.set(Trap.instead("EXEC"));
      node.write(event(2));
      relayedAre(1, 2);
    }
  }

  @Test
  void what_was_there_before_the_first_start_is_no_news_and_what_came_since_is() {
    journal.add(event(1));
    proxy.refuse();
    try (FeedNode node = node("n1").start()) {
      node.write(event(2));
      proxy.cut(); // one that was accepted just before
      Links.eventually(() -> assertThat(node.link().state().connected()).isFalse());
    }
    try (FeedNode restarted = node("n1").start()) {
      restarted.write(event(3));
      proxy.pass();
      relayedAre(2, 3);
    }
  }

  @Test
  void a_redis_that_forgot_everything_is_gone_on_with() {
    try (FeedNode node = node("n1").start()) {
      node.write(event(1));
      relayedAre(1, 1);
      redis.flushDB();
      node.write(event(2));
      node.write(event(3));
      relayedAre(2, 3);
    }
  }

  @Test
  void a_redis_that_forgot_everything_while_nobody_ran_is_gone_on_with_from_the_database() {
    try (FeedNode node = node("n1").start()) {
      node.write(event(1));
      relayedAre(1, 1);
    }
    assertThat(mark.read()).hasValue(1);
    redis.flushDB();
    journal.add(event(2));
    try (FeedNode _ = node("n1").start()) {
      relayedAre(2, 2);
    }
  }

  @Test
  void a_redis_that_forgot_the_last_is_told_it_again() {
    try (FeedNode node = node("n1").start()) {
      node.write(event(1));
      relayedAre(1, 1);
      node.write(event(2));
      relayedAre(1, 2);
      // As after a restart from an older file: stream and marker are of the same moment.
      redis.xdel(Entry.STREAM, redis.xrevrange(Entry.STREAM, "+", "-", 1).getFirst().getID());
      redis.set(Relay.MARKER, "1");

      relayedAre(1, 2);
    }
  }

  @Test
  void a_marker_of_another_journal_is_not_believed() {
    redis.set(Relay.MARKER, "123456");
    try (FeedNode node = node("n1").start()) {
      node.write(event(1));
      relayedAre(1, 1);
      assertThat(redis.get(Relay.MARKER)).isEqualTo("1");
    }
  }

  @Test
  void nor_is_it_by_a_journal_that_is_still_empty() {
    redis.set(Relay.MARKER, "123456");
    long before = looksAtTheMarker();
    try (FeedNode node = node("n1").start()) {
      Links.eventually(() -> assertThat(looksAtTheMarker()).isGreaterThan(before + 1));
      node.write(event(1));
      relayedAre(1, 1);
      assertThat(redis.get(Relay.MARKER)).isEqualTo("1");
    }
    assertThat(mark.read()).hasValue(1);
  }

  private long looksAtTheMarker() {
    return redis
        .info("commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_watch:calls="))
        .mapToLong(line -> Long.parseLong(line.replaceFirst("^[^=]*=(\\d+).*", "$1")))
        .sum();
  }

  @Test
  void results_of_looks_reach_the_other_nodes_and_not_the_own_one_again() {
    try (FeedNode one = node("n1").start();
        FeedNode two = node("n2").start()) {
      one.readsStream();
      two.readsStream();
      one.publish(looked("a", Health.HEALTHY));

      Links.eventually(() -> assertThat(two.heard()).containsExactly(looked("a", Health.HEALTHY)));
      two.publish(looked("b", Health.HEALTHY));
      Links.eventually(() ->
          assertThat(one.heard())
              .containsExactly(looked("a", Health.HEALTHY), looked("b", Health.HEALTHY)));
      StreamEntry entry = redis.xrange(Entry.STREAM, (StreamEntryID) null, null).getFirst();
      assertThat(entry.getFields())
          .containsEntry("type", "mcp_health_check")
          .containsEntry("data", EventJson.write(looked("a", Health.HEALTHY)))
          .containsEntry("node", "n1");
    }
  }

  @Test
  void of_the_results_of_one_server_the_newest_is_sent() {
    try (FeedNode node = node("n1")) {
      node.publish(looked("a", Health.UNHEALTHY));
      node.publish(looked("b", Health.HEALTHY));
      node.publish(looked("a", Health.HEALTHY));
      node.start();

      Links.eventually(() -> assertThat(node.counts().figures()).isEqualTo(2));
      assertThat(redis.xlen(Entry.STREAM)).isEqualTo(2);
      assertThat(redis.xrevrange(Entry.STREAM, "+", "-", 1).getFirst().getFields())
          .containsEntry("data", EventJson.write(looked("a", Health.HEALTHY)));
    }
  }

  @Test
  void what_somebody_else_writes_into_the_stream_harms_nobody() {
    try (FeedNode node = node("n1").start()) {
      node.readsStream();
      redis.xadd(Entry.STREAM, StreamEntryID.NEW_ENTRY, Map.of("any", "thing"));
      redis.xadd(Entry.STREAM, StreamEntryID.NEW_ENTRY, Map.of("data", "{", "node", "x"));
      redis.xadd(Entry.STREAM, StreamEntryID.NEW_ENTRY, Map.of("data", "[]"));
      node.write(event(1));

      node.hears(1);
      assertThat(node.link().state().connected()).isTrue();
    }
  }

  @Test
  void an_outage_is_told_once_and_its_end_too() {
    try (FeedNode node = node("n1").start()) {
      node.write(event(1));
      relayedAre(1, 1);
      proxy.refuse();
      proxy.cut();
      Links.eventually(() -> assertThat(node.states()).containsExactly(false));
      node.write(event(2));
      for (int i = 0; i < 2_000; i++) {
        node.publish(looked("server " + i, Health.HEALTHY));
      }
      Links.eventually(() -> assertThat(node.counts().dropped()).isGreaterThan(1_000));
      Links.eventually(() -> assertThat(node.counts().lag()).isEqualTo(1));

      proxy.pass();
      relayedAre(1, 2);
      Links.eventually(() -> assertThat(node.states()).containsExactly(false, true));
      assertThat(node.link().state().connected()).isTrue();
      assertThat(node.counts().lag()).isZero();
    }
  }

  @Test
  void one_connection_that_breaks_is_no_outage() {
    try (FeedNode node = node("n1").start()) {
      node.write(event(1));
      relayedAre(1, 1);
      proxy.cut();
      node.write(event(2));
      relayedAre(1, 2);
      node.readsStream();
      assertThat(node.states()).isEmpty();
    }
  }

  @Test
  void a_database_that_is_away_is_no_outage_of_redis() {
    try (FeedNode node = node("n1").start()) {
      node.write(event(1));
      relayedAre(1, 1);
      journal.away(true);
      node.publish(looked("a", Health.HEALTHY));
      Links.eventually(() -> assertThat(node.counts().figures()).isEqualTo(1));
      journal.away(false);
      node.write(event(2));
      relayedAre(1, 2);
      assertThat(node.states()).isEmpty();
    }
  }
}
