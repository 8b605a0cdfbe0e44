package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.capability.Snapshot;
import dev.pharos.cluster.OwnerStore;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.history.RetentionSettings;
import dev.pharos.registry.StaleVersion;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.Postgres;
import dev.pharos.testing.Seed;
import dev.pharos.watch.CheckRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looks, edits, snapshots, owners and a person's console, all at the same rows at once. */
class PostgresTogetherIT {
  private static final int SERVERS = 12;
  private static final int ROUNDS = 60;

  private final PostgresNodes nodes = PostgresNodes.open();
  private final long seed = Seed.of(PostgresTogetherIT.class);
  private final AtomicInteger edits = new AtomicInteger();
  private List<ServerId> servers = List.of();

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void nobody_waits_in_a_circle() throws Exception {
    servers = nodes.register(SERVERS);
    nodes.a().sharing().owners().take("a", SERVERS, false);
    long before = deadlocks();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all =
          List.of(
              threads.submit(() -> rounds(1, this::look)),
              threads.submit(() -> rounds(2, this::edit)),
              threads.submit(() -> rounds(3, this::edit)),
              threads.submit(() -> rounds(4, this::save)),
              threads.submit(() -> rounds(5, this::console)),
              threads.submit(() -> rounds(6, this::hand)),
              threads.submit(() -> rounds(7, this::prune)));
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(deadlocks()).isEqualTo(before);
    assertThat(edits).hasPositiveValue();
    assertThat(nodes.number("SELECT COUNT(*) FROM %s.mcp_health_logs")).isPositive();
    assertThat(nodes.number("SELECT SUM(checks) FROM %s.mcp_rollup_1d"))
        .isEqualTo(nodes.number("SELECT COUNT(*) FROM %s.mcp_health_logs"));
  }

  private interface Work {
    void run(int round, Random random);
  }

  private void rounds(int number, Work work) {
    Random random = new Random(seed + number);
    for (int i = 0; i < ROUNDS; i++) {
      work.run(i, random);
    }
  }

  private List<ServerId> shuffled(Random random) {
    List<ServerId> all = new ArrayList<>(servers);
    Collections.shuffle(all, random);
    return all;
  }

  private void look(int round, Random random) {
    Instant at = Fleets.NOON.plusSeconds(round);
    List<CheckRecord> batch =
        shuffled(random).stream()
            .map(each ->
                StoreContract.telling(
                    StoreContract.good(each, at),
                    new FleetEvent.AutoEnabled(at, "server-" + each.value(), "x", round)))
            .toList();
    nodes.a().checks().write(batch);
  }

  /** Edits are refused when somebody else was faster, and not otherwise. */
  private void edit(int round, Random random) {
    PostgresStores stores = random.nextBoolean() ? nodes.a() : nodes.b();
    String name = "server-" + random.nextInt(SERVERS);
    Server server = stores.servers().byName(name).orElseThrow().server();
    try {
      stores.servers().update(server, Fleets.NOON, Fleets.changed(name, "updated"));
      edits.incrementAndGet();
    } catch (StaleVersion _) {
      // as it should be
    }
  }

  private void save(int round, Random random) {
    ServerId server = servers.get(random.nextInt(SERVERS));
    String hash = "hash-" + random.nextInt(3);
    Snapshot snapshot = new Snapshot(hash, Fleets.NOON, Fleets.capabilities(hash));
    nodes.a().capabilities().save(server, snapshot, List.of(), null);
  }

  private void console(int round, Random random) {
    nodes.run(
        "UPDATE %%s.mcp_servers SET auth_type = 'bearer', auth_config = '{\"token\":\"t%d\"}' WHERE name = 'server-%d'"
            .formatted(round, random.nextInt(SERVERS)));
    nodes.b().sharing().adopt();
  }

  private void hand(int round, Random random) {
    OwnerStore owners = nodes.a().sharing().owners();
    owners.release("a", shuffled(random).subList(0, SERVERS / 2));
    owners.inherit("b", "a");
    owners.inherit("a", "b");
    owners.take("a", SERVERS, true);
  }

  private void prune(int round, Random random) {
    Duration ever = Duration.ofDays(90);
    nodes
        .b()
        .retention()
        .prune(
            Fleets.NOON.plusSeconds(random.nextInt(60)),
            new RetentionSettings(ever, ever, ever, ever));
  }

  private long deadlocks() {
    return Long.parseLong(
        Postgres.ask("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
  }
}
