package dev.pharos.benchmarks;

import dev.pharos.testing.monitor.Footprint;
import dev.pharos.testing.monitor.Metrics;
import dev.pharos.testing.monitor.MonitorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The monitors of a run: one, or several replicas that share the fleet. */
final class Nodes implements AutoCloseable {
  private final Path jar;
  private final Path folder;
  private final int count;
  private final Map<String, String> environment;
  private final List<MonitorProcess> running = new ArrayList<>();

  private Nodes(Path jar, Path folder, int count, Map<String, String> environment) {
    this.jar = jar;
    this.folder = folder;
    this.count = count;
    this.environment = environment;
  }

  static Nodes start(Path jar, Path folder, int count, Map<String, String> environment)
      throws IOException {
    Nodes nodes = new Nodes(jar, folder, count, environment);
    nodes.start();
    return nodes;
  }

  /** Where a monitor keeps its files. */
  static Path data(Path folder, int node) {
    return folder.resolve("node-" + node);
  }

  private void start() throws IOException {
    try {
      for (int i = 0; i < count; i++) {
        running.add(MonitorProcess.start(jar, data(folder, i), Launcher.options(), environment));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  void restart() throws IOException {
    stop();
    start();
  }

  /** The one that is spoken to. */
  MonitorProcess first() {
    return running.getFirst();
  }

  /** Checks of all since their start. */
  double looks() throws IOException {
    double sum = 0;
    for (MonitorProcess each : running) {
      sum += each.metrics().of("pharos_checks_total");
    }
    return sum;
  }

  /** The worst p99 of all of them, in milliseconds. */
  double lateness() throws IOException {
    double worst = 0;
    for (MonitorProcess each : running) {
      worst = Math.max(worst, each.metrics().of("pharos_lateness_p99_seconds") * 1e3);
    }
    return worst;
  }

  long cpuMicros() throws IOException {
    long sum = 0;
    for (MonitorProcess each : running) {
      sum += each.footprint().cpuMicros();
    }
    return sum;
  }

  long writtenBytes() throws IOException {
    long sum = 0;
    for (MonitorProcess each : running) {
      sum += each.footprint().writtenBytes();
    }
    return sum;
  }

  /** That of the process that takes most memory. */
  Footprint largest() throws IOException {
    Footprint largest = first().footprint();
    for (MonitorProcess each : running) {
      Footprint now = each.footprint();
      largest = now.residentBytes() > largest.residentBytes() ? now : largest;
    }
    return largest;
  }

  /** Sum of a metric over all of them. */
  double sum(String metric) throws IOException {
    double sum = 0;
    for (MonitorProcess each : running) {
      sum += each.metrics().of(metric);
    }
    return sum;
  }

  Metrics metrics() throws IOException {
    return first().metrics();
  }

  /**
   * Ends all of them as Ctrl-C does.
   *
   * @return whether each ended by itself in good time
   */
  boolean stop() {
    boolean all = true;
    for (MonitorProcess each : running) {
      all &= each.stop();
    }
    running.clear();
    return all;
  }

  @Override
  public void close() {
    stop();
  }
}
