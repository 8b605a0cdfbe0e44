package dev.pharos.testing.monitor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** One scrape of {@code /metrics}. Immutable. */
public final class Metrics {
  private final Map<String, Double> values;

  private Metrics(Map<String, Double> values) {
    this.values = Map.copyOf(values);
  }

  static Metrics parse(String text) {
    Map<String, Double> values = new HashMap<>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> {
          int space = line.lastIndexOf(' ');
          values.put(line.substring(0, space), number(line.substring(space + 1)));
        });
    return new Metrics(values);
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** The value of one line, or the sum over all label sets of a name. */
  public double of(String name) {
    Double value = values.get(name);
    return value != null ? value : sum(name + "{");
  }

  /**
   * The sum over all lines that begin so.
   *
   * @throws IllegalStateException when there is none: a figure that is missing is not zero
   */
  private double sum(String begin) {
    double[] all =
        values.entrySet().stream()
            .filter(each -> each.getKey().startsWith(begin))
            .mapToDouble(Map.Entry::getValue)
            .toArray();
    if (all.length == 0) {
      throw new IllegalStateException("the monitor has no metric " + begin);
    }
    return Arrays.stream(all).sum();
  }

  /** Bytes of heap in use, garbage included. */
  public long heapUsed() {
    return (long) sum("jvm_memory_used_bytes{area=\"heap\"");
  }

  /** Bytes of heap that the JVM has taken from the machine. */
  public long heapCommitted() {
    return (long) sum("jvm_memory_committed_bytes{area=\"heap\"");
  }

  /** Bytes of classes, compiled code and the like. */
  public long nonHeapUsed() {
    return (long) sum("jvm_memory_used_bytes{area=\"nonheap\"");
  }
}
