package dev.pharos.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a benchmark runs.
 *
 * @param fleets how many servers, one run after the other
 * @param rounds of each measurement
 * @param round how long one takes
 * @param warmUp before the first round
 * @param inFlight checks at a time, at most
 * @param only {@code full} or {@code kept} measures that alone; empty for all
 * @param wire measure the network layer alone, without MCP and JSON
 */
record Options(
    List<Integer> fleets,
    int rounds,
    Duration round,
    Duration warmUp,
    int inFlight,
    int tools,
    int bytes,
    String only,
    boolean wire) {
  /**
   * Reads {@code fleets=1000,10000 rounds=5 seconds=3 warm-up=4 in-flight=64 tools=20 bytes=10240
   * wire}.
   */
  static Options of(String... words) {
    Map<String, String> given = new HashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      given.put(equals < 0 ? word : word.substring(0, equals), word.substring(equals + 1));
    }
    Options options =
        new Options(
            Arrays.stream(given.getOrDefault("fleets", "1000,10000").split(",", -1))
                .map(Integer::valueOf)
                .toList(),
            number(given, "rounds", 5),
            Duration.ofSeconds(number(given, "seconds", 3)),
            Duration.ofSeconds(number(given, "warm-up", 4)),
            number(given, "in-flight", 64),
            number(given, "tools", 20),
            number(given, "bytes", 10 * 1024),
            given.getOrDefault("only", ""),
            given.remove("wire") != null);
    given.keySet().removeAll(List.of("fleets", "only"));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown options: " + given.keySet());
    }
    return options;
  }

  /** What a reader of the results must know. */
  Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("tools", tools);
    view.put("bytes", bytes);
    view.put("rounds", rounds);
    view.put("seconds", round.toSeconds());
    view.put("in_flight", inFlight);
    return view;
  }

  boolean wants(String part) {
    return only.isEmpty() || only.equals(part);
  }

  private static int number(Map<String, String> given, String name, int otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }
}
