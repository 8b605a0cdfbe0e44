package dev.pharos.benchmarks;

import java.nio.file.Path;

/**
 * What it costs to watch a fleet: the packaged program in a process of its own, a simulator in
 * another, all servers registered over REST and looked at each ten seconds, and a client of the
 * live feed here.
 */
public final class FleetBenchmark {
  private FleetBenchmark() {}

  public static void main(String[] words) throws Exception {
    FleetOptions options = FleetOptions.of(words);
    Report report = new Report(options.view());
    for (int servers : options.fleets()) {
      try (FleetRun run = FleetRun.start(options, report, servers)) {
        run.measure();
      }
    }
    report.write(Path.of("benchmarks", "results"), options.name());
  }
}
