package dev.pharos.testing.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process and all that it started, such as a PostgreSQL with one process for each connection.
 *
 * @param pid of the first
 */
public record ProcessTree(long pid) {
  private static final long TICK_MICROS = 10_000;
  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  /**
   * CPU time of all of them since the first one's start, in microseconds, to 10 ms each; that of
   * children which ended and were waited for is in it.
   */
  public long cpuMicros() throws IOException {
    long ticks = 0;
    for (long each : pids()) {
      ticks += ticks(each);
    }
    return ticks * TICK_MICROS;
  }

  private List<Long> pids() throws IOException {
    ProcessHandle first =
        ProcessHandle.of(pid).orElseThrow(() -> new IOException("process " + pid + " is gone"));
    return Stream.concat(Stream.of(first), first.descendants()).map(ProcessHandle::pid).toList();
  }

  /** Its own and that of its ended children. */
  private static long ticks(long pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name in brackets may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long sum = 0;
      for (int field = USER_TIME; field <= SYSTEM_TIME + 2; field++) {
        sum += Long.parseLong(fields[field]);
      }
      return sum;
    } catch (NoSuchFileException e) {
      return 0; // ended meanwhile: its parent has what it took
    }
  }
}
