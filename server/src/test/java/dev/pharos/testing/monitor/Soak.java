package dev.pharos.testing.monitor;

import dev.pharos.testing.simulator.SimulatorProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Has a monitor watch simulated servers that break and come back at random, and takes samples of
 * what it holds. At the end all servers are well for a while, then the monitor is stopped.
 */
public final class Soak {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final SoakSettings settings;
  private final SimulatorProcess simulator;
  private final MonitorProcess monitor;
  private final Consumer<SoakSample> told;
  private final List<SoakSample> samples = new ArrayList<>();
  private final long begin = System.nanoTime();

  private Soak(
      SoakSettings settings,
      SimulatorProcess simulator,
      MonitorProcess monitor,
      Consumer<SoakSample> told) {
    this.settings = settings;
    this.simulator = simulator;
    this.monitor = monitor;
    this.told = told;
  }

  /**
   * Runs it.
   *
   * @param told each sample as it is taken
   */
  public static SoakResult run(SoakSettings settings, Consumer<SoakSample> told)
      throws IOException, InterruptedException {
    int addresses = Math.min(settings.servers(), 250);
    try (SimulatorProcess simulator =
            SimulatorProcess.start(settings.servers(), "addresses=" + addresses);
        MonitorProcess monitor =
            MonitorProcess.start(settings.jar(), settings.data(), settings.options())) {
      return new Soak(settings, simulator, monitor, told).run();
    }
  }

  private SoakResult run() throws IOException, InterruptedException {
    monitor.configure(
        "health_check",
        "{\"adaptive\":false,\"interval_seconds\":" + settings.interval().toSeconds() + "}");
    monitor.register(servers());
    SoakFaults faults = new SoakFaults(simulator, settings.servers(), settings.seed());
    long end = begin + settings.time().toNanos();
    long nextSample = begin;
    for (long now = begin; now < end; now = System.nanoTime()) {
      faults.second(now);
      if (now >= nextSample) {
        take(sample());
        nextSample += settings.every().toNanos();
      }
      Thread.sleep(SECOND);
    }
    faults.end();
    SoakSample last = rest();
    take(last);
    boolean stopped = monitor.stop();
    JsonNode seen = simulator.stats();
    return new SoakResult(List.copyOf(samples), last, stopped, seen);
  }

  private void take(SoakSample sample) {
    samples.add(sample);
    told.accept(sample);
  }

  /** Waits until all servers are well, and what was opened is ended or held. */
  private SoakSample rest() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    SoakSample sample = sample();
    while ((sample.unwell() > 0 || sample.looking() > 0 || sample.lost() != 0)
        && System.nanoTime() < end) {
      Thread.sleep(SECOND);
      sample = sample();
    }
    return sample;
  }

  private SoakSample sample() throws IOException {
    monitor.collect();
    Footprint footprint = monitor.footprint();
    Metrics metrics = monitor.metrics();
    return new SoakSample(
        (System.nanoTime() - begin) / 1e9,
        (long) metrics.of("pharos_checks_total"),
        (long) metrics.of("pharos_sessions_opened_total"),
        (long) metrics.of("pharos_sessions_ended_total"),
        (long) metrics.of("pharos_conversations"),
        (long) metrics.of("pharos_queue_depth{queue=\"in_flight\"}"),
        settings.servers() - (long) metrics.of("pharos_servers{state=\"healthy\"}"),
        footprint.handles(),
        footprint.threads(),
        metrics.heapUsed(),
        footprint.residentBytes(),
        (long) metrics.of("pharos_store_size_bytes"));
  }

  private Map<String, URI> servers() {
    List<URI> uris = simulator.servers();
    Map<String, URI> servers = new LinkedHashMap<>();
    for (int i = 0; i < settings.servers(); i++) {
      servers.put("sim-%05d".formatted(i), uris.get(i));
    }
    return servers;
  }
}
