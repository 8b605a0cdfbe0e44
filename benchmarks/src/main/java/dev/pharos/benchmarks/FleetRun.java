package dev.pharos.benchmarks;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.pharos.testing.monitor.Footprint;
import dev.pharos.testing.monitor.Metrics;
import dev.pharos.testing.simulator.SimulatorProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** One fleet: a simulator, a monitor that watches it, and clients of its feed. */
final class FleetRun implements AutoCloseable {
  /** Looks a second while the compilers learn: those of the largest fleet. */
  private static final int WARM_RATE = 1_630;

  /** Handles for everything but servers: files, the feed, the REST of it. */
  private static final int OTHER_HANDLES = 500;

  private static final int MAX_ADDRESSES = 250;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration NOTICED = Duration.ofSeconds(30);
  private static final double MEBI = 1024 * 1024;

  private final FleetOptions options;
  private final Report report;
  private final int servers;
  private final Path folder;
  private final SimulatorProcess simulator;
  private final Backing backing;
  private final Nodes nodes;
  private final List<Feed> feeds = new ArrayList<>();

  private FleetRun(
      FleetOptions options,
      Report report,
      int servers,
      Path folder,
      SimulatorProcess simulator,
      Backing backing,
      Nodes nodes) {
    this.options = options;
    this.report = report;
    this.servers = servers;
    this.folder = folder;
    this.simulator = simulator;
    this.backing = backing;
    this.nodes = nodes;
  }

  static FleetRun start(FleetOptions options, Report report, int servers) throws IOException {
    Path folder = Files.createTempDirectory("pharos-fleet");
    List<String> simulated = new ArrayList<>(options.simulator());
    simulated.add("addresses=" + Math.min(servers, MAX_ADDRESSES));
    SimulatorProcess simulator = SimulatorProcess.start(servers, simulated.toArray(String[]::new));
    try {
      Backing backing =
          options.postgres() ? Servers.start(folder) : Backing.file(Nodes.data(folder, 0));
      Nodes nodes = Nodes.start(options.jar(), folder, options.nodes(), backing.environment());
      return new FleetRun(options, report, servers, folder, simulator, backing, nodes);
    } catch (IOException e) {
      simulator.close();
      throw e;
    }
  }

  void measure() throws Exception {
    begin();
    warmUp();
    steady();
    memory();
    kills();
    database();
    leave();
  }

  private void begin() throws Exception {
    nodes.first().configure("limits", "{\"max_held_streams\":" + held() + "}");
    rhythm(Math.max(1, Math.min(options.interval().toSeconds(), servers / WARM_RATE)));
    long begin = System.nanoTime();
    nodes.first().register(named());
    double registered = (System.nanoTime() - begin) / 1e9;
    awaitHealthy();
    report.note(
        "  %d servers registered in %.1f s, all seen healthy after %.1f s"
            .formatted(servers, registered, (System.nanoTime() - begin) / 1e9));
    restart();
    for (int i = 0; i < options.clients(); i++) {
      feeds.add(Feed.connect(nodes.first().address()));
    }
  }

  /** From here on the monitor is as it is in daily use: registering a fleet takes memory once. */
  private void restart() throws Exception {
    Footprint busy = nodes.largest();
    long begin = System.nanoTime();
    nodes.restart();
    double started = (System.nanoTime() - begin) / 1e9;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (nodes.looks() < servers) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("not all servers were looked at in " + PATIENCE);
      }
      Thread.sleep(500);
    }
    report.note(
        "  resident then: %.0f MiB; started again in %.1f s, all looked at after %.1f s"
            .formatted(busy.residentBytes() / MEBI, started, (System.nanoTime() - begin) / 1e9));
  }

  private long held() {
    var system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
    long free = system.getMaxFileDescriptorCount() - servers - OTHER_HANDLES;
    return Math.max(0, Math.min(options.held(), free));
  }

  private Map<String, URI> named() {
    List<URI> uris = simulator.servers();
    Map<String, URI> named = new LinkedHashMap<>();
    for (int i = 0; i < servers; i++) {
      named.put(name(i), uris.get(i));
    }
    return named;
  }

  private static String name(int server) {
    return "sim-%05d".formatted(server);
  }

  private void rhythm(long seconds) throws IOException {
    nodes
        .first()
        .configure("health_check", "{\"adaptive\":false,\"interval_seconds\":" + seconds + "}");
  }

  private void awaitHealthy() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (nodes.sum("pharos_servers{state=\"healthy\"}") < servers) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("not all servers were seen healthy in " + PATIENCE);
      }
      Thread.sleep(500);
    }
  }

  private void warmUp() throws Exception {
    Thread.sleep(options.warmUp());
    rhythm(options.interval().toSeconds());
    Thread.sleep(options.interval().multipliedBy(2));
  }

  private void steady() throws Exception {
    int rounds = (int) Math.max(1, options.window().dividedBy(options.interval()));
    Steady steady = new Steady(nodes, backing, rounds);
    feeds.forEach(Feed::reset);
    steady.measure(options.interval());
    steady.tell(report, servers);
    double[] delays = feeds.isEmpty() ? new double[0] : feeds.getFirst().looks();
    delays("result to WebSocket", delays, 100);
    if (feeds.stream().anyMatch(Feed::gone)) {
      report.note("  LOST: a client of the feed was sent away");
    }
  }

  private void delays(String name, double[] sorted, double budget) {
    if (sorted.length > 0) {
      one(name + ", p50", "ms", quantile(sorted, 0.5), 0);
      one(name + ", p99", "ms", quantile(sorted, 0.99), budget);
    }
  }

  private void one(String name, String unit, double value, double budget) {
    report.add(Figure.of(name, servers, unit, new double[] {value}, budget, 0));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /** Of several monitors, that which takes most. */
  private void memory() throws IOException {
    Footprint now = nodes.largest();
    one("resident memory", "MiB", now.residentBytes() / MEBI, 256);
    one("  of it not pages of files", "MiB", now.anonymousBytes() / MEBI, 0);
    Metrics metrics = nodes.metrics();
    one("heap, committed", "MiB", metrics.heapCommitted() / MEBI, 0);
    one("outside of the heap, used", "MiB", metrics.nonHeapUsed() / MEBI, 0);
    nodes.first().collect();
    one("heap after a collection", "MiB", nodes.metrics().heapUsed() / MEBI, 0);
    one("streams held, by all", "", nodes.sum("pharos_watches"), 0);
    one("handles", "", now.handles(), 0);
    one("threads", "", now.threads(), 0);
  }

  /** Kills one server after the other, and looks when the feed says so. */
  private void kills() throws Exception {
    if (feeds.isEmpty() || options.killed() == 0) {
      return;
    }
    Feed feed = feeds.getFirst();
    feed.reset();
    Random random = new Random(1);
    double[] noticed = new double[options.killed()];
    for (int i = 0; i < noticed.length; i++) {
      int server = random.nextInt(servers);
      long begin = System.nanoTime();
      simulator.control(server + " down\n");
      if (!feed.await(name(server), "unhealthy", NOTICED)) {
        report.note("  NOT NOTICED within " + NOTICED + ": " + name(server));
      }
      noticed[i] = (System.nanoTime() - begin) / 1e6;
      simulator.control(server + " none\n");
    }
    double bound = held() >= servers ? 1_000 : options.interval().plusSeconds(2).toMillis();
    report.add(Figure.of("killed to WebSocket, confirmed", servers, "ms", noticed, bound, 0));
    delays("flip to WebSocket", feed.flips(), 100);
  }

  private void database() throws Exception {
    Growth growth = backing.growth();
    one("log row", "bytes", growth.logRow(), 0);
    one("roll-up row", "bytes", growth.rollupRow(), 0);
    double day = growth.serverDay(options.interval().toMillis() / 1e3);
    one("database growth of a day", "MB", day * servers / 1e6, 0);
  }

  private void leave() throws IOException {
    long opened = (long) nodes.sum("pharos_sessions_opened_total");
    feeds.forEach(Feed::close);
    long begin = System.nanoTime();
    boolean stopped = nodes.stop();
    JsonNode seen = simulator.stats();
    report.note(
        "  %d sessions opened; %s in %.1f s; the servers saw %d opened, %d ended, %d lost, %d held"
            .formatted(
                opened,
                stopped ? "stopped" : "DID NOT STOP",
                (System.nanoTime() - begin) / 1e9,
                seen.path("sessions_opened").asLong(),
                seen.path("sessions_ended").asLong(),
                seen.path("sessions_lost").asLong(),
                seen.path("sessions_held").asLong()));
  }

  @Override
  public void close() throws IOException {
    feeds.forEach(Feed::close);
    nodes.close();
    backing.close();
    simulator.close();
    Folders.delete(folder);
  }
}
