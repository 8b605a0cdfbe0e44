package dev.pharos.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * One measured figure.
 *
 * @param fleet how many servers
 * @param budget what it may be at most; 0 for none
 * @param perSecond how many were done in a second of wall time in the median round; 0 where that
 *     says nothing
 */
record Figure(
    String name,
    int fleet,
    String unit,
    double median,
    double min,
    double max,
    double budget,
    double perSecond) {
  static Figure of(
      String name, int fleet, String unit, double[] rounds, double budget, double perSecond) {
    double[] sorted = rounds.clone();
    Arrays.sort(sorted);
    return new Figure(
        name,
        fleet,
        unit,
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1],
        budget,
        perSecond);
  }

  static final String HEADING =
      "%-42s %7s %9s %17s %8s %6s %9s"
          .formatted("", "servers", "median", "min..max", "budget", "", "per s");

  String line() {
    return String.format(
        Locale.ROOT,
        "%-42s %7d %9.1f %17s %8s %6s %9s",
        name + ", " + unit,
        fleet,
        median,
        String.format(Locale.ROOT, "%.1f..%.1f", min, max),
        budget > 0 ? String.format(Locale.ROOT, "%.0f", budget) : "",
        budget > 0 ? (median <= budget ? "ok" : "OVER") : "",
        perSecond > 0 ? String.format(Locale.ROOT, "%.0f", perSecond) : "");
  }
}
