package dev.pharos.benchmarks;

import dev.pharos.testing.monitor.ProcessTree;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What looks cost while a fleet is watched and nothing else happens: one round after the other. */
final class Steady {
  private final Nodes nodes;
  private final List<String> names = new ArrayList<>();
  private final List<ProcessTree> beside = new ArrayList<>();
  private final int rounds;
  private final double[] micros;
  private final double[] share;
  private final double[] rate;
  private final double[] late;
  private final double[] written;
  private final double[][] besideMicros;

  Steady(Nodes nodes, Backing backing, int rounds) {
    this.nodes = nodes;
    backing
        .processes()
        .forEach((name, tree) -> {
          names.add(name);
          beside.add(tree);
        });
    this.rounds = rounds;
    micros = new double[rounds];
    share = new double[rounds];
    rate = new double[rounds];
    late = new double[rounds];
    written = new double[rounds];
    besideMicros = new double[beside.size()][rounds];
  }

  void measure(Duration round) throws IOException, InterruptedException {
    for (int i = 0; i < rounds; i++) {
      one(i, round);
    }
  }

  private void one(int i, Duration round) throws IOException, InterruptedException {
    double looks = nodes.looks();
    double cpu = nodes.cpuMicros();
    double bytes = nodes.writtenBytes();
    double[] others = cpuBeside();
    long begin = System.nanoTime();
    Thread.sleep(round);
    double wall = (System.nanoTime() - begin) / 1e3;
    double[] othersAfter = cpuBeside();
    cpu = nodes.cpuMicros() - cpu;
    written[i] = (nodes.writtenBytes() - bytes) / wall;
    looks = nodes.looks() - looks;
    micros[i] = cpu / looks;
    share[i] = cpu / wall * 100;
    rate[i] = looks / wall * 1e6;
    late[i] = nodes.lateness();
    for (int k = 0; k < others.length; k++) {
      besideMicros[k][i] = (othersAfter[k] - others[k]) / looks;
    }
  }

  private double[] cpuBeside() throws IOException {
    double[] all = new double[beside.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = beside.get(i).cpuMicros();
    }
    return all;
  }

  void tell(Report report, int servers) {
    double perSecond = Figure.of("", 0, "", rate, 0, 0).median();
    report.add(Figure.of("CPU of a look, all in", servers, "µs", micros, 100, perSecond));
    for (int k = 0; k < besideMicros.length; k++) {
      report.add(Figure.of("  beside it, " + names.get(k), servers, "µs", besideMicros[k], 0, 0));
    }
    report.add(Figure.of("CPU", servers, "% of one core", share, 25, 0));
    report.add(Figure.of("written to disk", servers, "MB/s", written, 0, 0));
    report.add(Figure.of("lateness p99", servers, "ms", late, 0, 0));
  }
}
