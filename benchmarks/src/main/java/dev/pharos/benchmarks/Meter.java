package dev.pharos.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;

/**
 * Measures what work costs this process: CPU time of all its threads, the collector's and the
 * kernel's on its behalf included, and heap.
 */
final class Meter {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final int COLLECTIONS = 4;
  private static final long WARM_COUNT = 40_000;

  private final Crew crew;
  private final Duration warmUp;
  private final int rounds;
  private final Duration round;

  Meter(Crew crew, Duration warmUp, int rounds, Duration round) {
    this.warmUp = warmUp;
    this.crew = crew;
    this.rounds = rounds;
    this.round = round;
  }

  /** Microseconds of CPU for one piece of work, saturated, after a warm-up. */
  Figure cpu(String name, int servers, double budget, Crew.Task task) throws Exception {
    crew.warmUp(servers, warmUp, WARM_COUNT, task);
    double[] micros = new double[rounds];
    double[] rates = new double[rounds];
    for (int r = 0; r < rounds; r++) {
      long cpu = SYSTEM.getProcessCpuTime();
      long wall = System.nanoTime();
      long done = crew.saturate(servers, round, task);
      micros[r] = (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / done;
      rates[r] = done * 1e9 / (System.nanoTime() - wall);
    }
    Arrays.sort(rates);
    return Figure.of(name, servers, "µs CPU", micros, budget, rates[rounds / 2]);
  }

  /** Bytes of live heap. */
  static long heap() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      Thread.sleep(50); // for what ends only after it was collected
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
