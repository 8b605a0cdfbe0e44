package dev.pharos.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a figure was measured on.
 *
 * @param commit of the sources, with {@code +} when they were changed since
 * @param load of the machine at the start, over a minute: what else it was busy with
 */
record Machine(
    String commit, String cpu, int cores, double load, String os, String jdk, List<String> flags) {
  static Machine here() {
    String changed = output("git", "status", "--porcelain", "--untracked-files=no");
    return new Machine(
        output("git", "rev-parse", "--short", "HEAD") + (changed.isEmpty() ? "" : "+"),
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        Math.round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() * 10) / 10.0,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor") + " " + Runtime.version(),
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith("-X"))
            .toList());
  }

  private static String cpuModel() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).start();
      String text = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? text : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
