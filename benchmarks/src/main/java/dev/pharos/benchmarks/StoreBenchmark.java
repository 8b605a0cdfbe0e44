package dev.pharos.benchmarks;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.ServerId;
import dev.pharos.store.SecretBox;
import dev.pharos.store.SqliteStores;
import dev.pharos.testing.Fleets;
import dev.pharos.watch.CheckRecord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What it costs to store a look: log row, server row and roll-ups, in transactions of some hundred.
 * Arguments: servers, looks in a batch, batches in a round, seconds between two looks at a server.
 */
public final class StoreBenchmark {
  private static final int ROUNDS = 6;
  private static final int REPEATS = 40;

  private final SqliteStores stores;
  private final List<ServerId> servers = new ArrayList<>();
  private final int batch;
  private final long stepNanos;
  private int next;
  private Instant now = Fleets.NOON;

  private StoreBenchmark(SqliteStores stores, int servers, int batch, int interval) {
    this.stores = stores;
    this.batch = batch;
    stepNanos = interval * 1_000_000_000L / servers;
    for (int i = 0; i < servers; i++) {
      this.servers.add(register("server-" + i));
    }
  }

  public static void main(String[] words) throws IOException {
    int servers = argument(words, 0, 1_000);
    int batch = argument(words, 1, 500);
    int batches = argument(words, 2, 200);
    int interval = argument(words, 3, 10);
    Path folder = Files.createTempDirectory("pharos-store");
    try (SqliteStores stores =
        SqliteStores.open(folder, SecretBox.open(folder, null), InstantSource.system())) {
      System.out.println(Machine.here());
      StoreBenchmark benchmark = new StoreBenchmark(stores, servers, batch, interval);
      for (int round = 0; round < ROUNDS; round++) {
        benchmark.round(batches);
      }
      benchmark.read(folder);
    } finally {
      Folders.delete(folder);
    }
  }

  private void round(int batches) {
    long cpu = cpu();
    long begin = System.nanoTime();
    for (int i = 0; i < batches; i++) {
      stores.checks().write(looks());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    long rows = (long) batches * batch;
    System.out.printf(
        Locale.ROOT,
        "%,9d rows/s  %5.1f us CPU each%n",
        Math.round(rows / seconds),
        (cpu() - cpu) / 1e3 / rows);
  }

  private void read(Path folder) throws IOException {
    time(
        "40 newest rows of 100 servers",
        () -> stores.history().recent(servers.subList(0, 100), 40));
    time(
        "100 rows of a server",
        () -> stores.history().logs(servers.getFirst(), Instant.MIN, Instant.MAX, null, 100));
    time(
        "all rows of a server that are not healthy",
        () ->
            stores
                .history()
                .logs(servers.getFirst(), Instant.MIN, Instant.MAX, Health.UNHEALTHY, 100));
    time(
        "an hour of 5-minute roll-ups",
        () ->
            stores.history().rollups(servers.getFirst(), Fleets.NOON, now, Duration.ofMinutes(5)));
    time("all servers", () -> stores.checks().standings());
    double bytes = Files.size(folder.resolve("pharos.db"));
    System.out.printf(
        Locale.ROOT,
        "%,d looks in %.1f MB: %.0f bytes each%n",
        (long) next,
        bytes / 1e6,
        bytes / next);
  }

  private static void time(String what, Runnable question) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < REPEATS; i++) {
      long begin = System.nanoTime();
      question.run();
      best = Math.min(best, (System.nanoTime() - begin) / 1e6);
    }
    System.out.printf(Locale.ROOT, "%-45s %8.2f ms%n", what, best);
  }

  private List<CheckRecord> looks() {
    List<CheckRecord> looks = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++) {
      now = now.plusNanos(stepNanos);
      looks.add(
          new CheckRecord(
              servers.get(next++ % servers.size()),
              now,
              Fleets.passed(now, 1_000 + next * 7_919L % 9_000),
              "scheduled",
              Fleets.memory(Health.HEALTHY, now),
              null,
              List.of(),
              now.plusSeconds(60)));
    }
    return looks;
  }

  private ServerId register(String name) {
    return stores
        .servers()
        .insert(
            Fleets.draft(Fleets.full(name)),
            HealthMemory.fresh(Fleets.NOON),
            Fleets.changed(name, "created"))
        .standing()
        .server()
        .id();
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static int argument(String[] words, int index, int otherwise) {
    return words.length > index ? Integer.parseInt(words[index]) : otherwise;
  }
}
