package dev.pharos.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How {@code ./pharos up} starts the JVM; {@code ./bench} tells. */
final class Launcher {
  private Launcher() {}

  static List<String> options() {
    String given = System.getProperty("pharos.options", "");
    List<String> options = new ArrayList<>(Arrays.asList(given.strip().split("\\s+")));
    options.removeIf(String::isEmpty);
    return options;
  }
}
