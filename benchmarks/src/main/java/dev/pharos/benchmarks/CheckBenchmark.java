package dev.pharos.benchmarks;

import dev.pharos.testing.simulator.SimulatorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What one check costs this process: a full check, a check over a kept session with the same and
 * with a changed answer, as JSON and as an event stream, and the heap of an idle kept session.
 */
public final class CheckBenchmark {
  private static final double FULL_MICROS = 200;
  private static final double SAME_MICROS = 80;
  private static final double CHANGED_MICROS = 110;
  private static final double SESSION_BYTES = 8 * 1024;

  /** A held stream takes a second connection: more do not fit beside one another into ulimits. */
  private static final int MAX_WATCHED = 5_000;

  private final Options options;
  private final Report report;
  private final Crew crew;
  private final Meter meter;

  private CheckBenchmark(Options options) {
    this.options = options;
    report = new Report(options.view());
    crew = new Crew(options.inFlight());
    meter = new Meter(crew, options.warmUp(), options.rounds(), options.round());
  }

  public static void main(String[] words) throws Exception {
    Options options = Options.of(words);
    CheckBenchmark benchmark = new CheckBenchmark(options);
    for (int servers : options.fleets()) {
      benchmark.measure(servers);
    }
    if (options.only().isEmpty()) {
      benchmark.report.write(Path.of("benchmarks", "results"), options.wire() ? "wire" : "check");
    }
  }

  private void measure(int servers) throws Exception {
    kept(servers, true, "unchanged", SAME_MICROS, "json", "same");
    if (!options.wants("kept")) {
      return;
    }
    kept(servers, false, "unchanged", SAME_MICROS, "sse", "same");
    kept(servers, false, "changed", CHANGED_MICROS, "json", "changing");
    kept(servers, false, "changed", CHANGED_MICROS, "sse", "changing");
  }

  private void kept(int servers, boolean more, String what, double budget, String... form)
      throws Exception {
    try (SimulatorProcess simulator = simulator(servers, form);
        Fleet fleet = fleet(simulator)) {
      if (more && options.wants("full")) {
        cpu("full check, json", FULL_MICROS, simulator, fleet.size(), fleet::full);
      }
      if (!options.wants("kept")) {
        return;
      }
      long before = Meter.heap();
      crew.each(servers, fleet::open);
      if (more) {
        heap("heap of an idle kept session", fleet, before, servers, SESSION_BYTES);
      }
      cpu("kept check, " + what + ", " + form[0], budget, simulator, servers, fleet::kept);
      if (more && !options.wire()) {
        watched(fleet);
      }
      crew.each(servers, fleet::end);
      nothingLeft(simulator);
    }
  }

  /** Measures, and shows what went over the wire for one check as the simulator counted it. */
  private void cpu(
      String name, double budget, SimulatorProcess simulator, int servers, Crew.Task task)
      throws Exception {
    JsonNode before = simulator.stats();
    long done = crew.done();
    report.add(meter.cpu(name, servers, budget, task));
    JsonNode after = simulator.stats();
    double checks = crew.done() - done;
    report.note(
        "    each: %.2f connections, %.2f initialize, %.2f tools/list, %.2f DELETE; simulator %.1f µs"
            .formatted(
                grown(before, after, "/connections_accepted") / checks,
                grown(before, after, "/requests/initialize") / checks,
                grown(before, after, "/requests/tools~1list") / checks,
                grown(before, after, "/requests/DELETE") / checks,
                grown(before, after, "/cpu_micros") / checks));
  }

  private void watched(Fleet fleet) throws Exception {
    int watched = Math.min(fleet.size(), MAX_WATCHED);
    long before = Meter.heap();
    crew.each(watched, fleet::watch);
    heap("heap added by a held stream", fleet, before, watched, 0);
  }

  private void heap(String name, Fleet fleet, long before, int count, double budget)
      throws InterruptedException {
    double each = (Meter.heap() - before) / (double) count;
    report.add(Figure.of(name, fleet.size(), "bytes", new double[] {each}, budget, 0));
  }

  private void nothingLeft(SimulatorProcess simulator) throws IOException {
    long held = simulator.stats().get("sessions_held").asLong();
    if (held > 0) {
      report.note("  LEFT BEHIND: " + held + " sessions were not ended");
    }
  }

  private SimulatorProcess simulator(int servers, String... form) throws IOException {
    List<String> size = List.of("tools=" + options.tools(), "bytes=" + options.bytes());
    return SimulatorProcess.start(servers, size.get(0), size.get(1), form[0], form[1]);
  }

  private Fleet fleet(SimulatorProcess simulator) {
    return options.wire()
        ? new WireFleet(simulator.servers())
        : new ProbeFleet(simulator.servers());
  }

  private static double grown(JsonNode before, JsonNode after, String pointer) {
    return after.at(pointer).asDouble(0) - before.at(pointer).asDouble(0);
  }
}
