package dev.pharos.benchmarks;

import dev.pharos.testing.monitor.Soak;
import dev.pharos.testing.monitor.SoakResult;
import dev.pharos.testing.monitor.SoakResult.Trend;
import dev.pharos.testing.monitor.SoakSample;
import dev.pharos.testing.monitor.SoakSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The packaged program, watching simulated servers with random faults for an hour, and what it
 * holds meanwhile. Arguments: minutes, servers, every (seconds between samples), seed, jar.
 */
public final class SoakBenchmark {
  private static final double MEBI = 1024 * 1024;

  private SoakBenchmark() {}

  public static void main(String[] words) throws Exception {
    Map<String, String> given = new HashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      given.put(word.substring(0, Math.max(0, equals)), word.substring(equals + 1));
    }
    Path data = Files.createTempDirectory("pharos-soak");
    SoakSettings settings =
        new SoakSettings(
            Path.of(given.getOrDefault("jar", "server/target/pharos.jar")),
            Launcher.options(),
            data,
            Duration.ofMinutes(number(given, "minutes", 60)),
            (int) number(given, "servers", 1000),
            Duration.ofSeconds(number(given, "interval", 10)),
            Duration.ofSeconds(number(given, "every", 30)),
            number(given, "seed", 1));
    System.out.println(Machine.here() + "\n" + settings + "\n\n" + SoakSample.HEADING);
    try {
      show(Soak.run(settings, sample -> System.out.println(sample.line())));
    } finally {
      Folders.delete(data);
    }
  }

  private static void show(SoakResult result) {
    System.out.println();
    trend("handles", result, SoakSample::handles, 0.02, 32);
    trend("threads", result, SoakSample::threads, 0.05, 4);
    trend("heap, MiB", result, sample -> sample.heap() / MEBI, 0.05, 4);
    trend("RSS, MiB", result, sample -> sample.resident() / MEBI, 0.05, 16);
    SoakSample last = result.last();
    System.out.printf(
        "%d sessions opened = %d ended + %d held: %s%n",
        last.opened(), last.ended(), last.conversations(), result.adds() ? "yes" : "NO");
    System.out.printf(
        "stopped by itself: %s; the servers counted %s%n", result.stopped(), result.seen());
    System.out.println("left behind: " + result.leftBehind() + " sessions");
  }

  private static void trend(
      String name,
      SoakResult result,
      ToDoubleFunction<SoakSample> figure,
      double share,
      double atLeast) {
    Trend trend = result.trend(figure);
    double[] sorted = result.samples().stream().mapToDouble(figure).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%-10s mean %8.1f, grew by %6.1f after the first quarter (line of least squares); %s;"
            + " %.1f to %.1f over all%n",
        name,
        trend.mean(),
        trend.growth(),
        trend.flat(share, atLeast) ? "flat" : "NOT FLAT",
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private static long number(Map<String, String> given, String name, long otherwise) {
    return Long.parseLong(given.getOrDefault(name, Long.toString(otherwise)));
  }
}
