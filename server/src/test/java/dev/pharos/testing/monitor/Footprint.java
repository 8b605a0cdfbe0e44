package dev.pharos.testing.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process takes of the machine, as Linux counts it.
 *
 * @param cpuMicros of all its threads since its start, in its own code and in the kernel; to 10 ms
 * @param residentBytes memory that is not swapped out
 * @param anonymousBytes of these, those that are no pages of files
 * @param handles open files and connections
 * @param threads of the platform
 */
public record Footprint(
    long cpuMicros, long residentBytes, long anonymousBytes, int handles, int threads) {
  /** The kernel shows ticks of this length to programs, whatever its own are. */
  private static final long TICK_MICROS = 10_000;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  /** Reads it from {@code /proc}. */
  public static Footprint of(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid));
    String stat = Files.readString(folder.resolve("stat"));
    // The name in brackets may hold anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    List<String> status = Files.readAllLines(folder.resolve("status"));
    return new Footprint(
        ticks * TICK_MICROS,
        line(status, "VmRSS:") * 1024,
        line(status, "RssAnon:") * 1024,
        handles(folder),
        (int) line(status, "Threads:"));
  }

  private static int handles(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("fd"))) {
      return (int) all.count();
    }
  }

  private static long line(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("this system does not tell " + name));
  }
}
