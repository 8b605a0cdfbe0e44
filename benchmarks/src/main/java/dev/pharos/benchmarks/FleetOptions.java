package dev.pharos.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the fleet benchmark runs.
 *
 * @param fleets how many servers, one run after the other
 * @param window how long is measured
 * @param interval between two looks at a server
 * @param warmUp before that
 * @param held streams at most, fewer where file handles do not suffice
 * @param clients of the live feed
 * @param killed how many servers are killed one after the other, to see when a screen knows
 * @param simulator further options of the simulator, such as {@code sse}
 * @param nodes how many monitors share the fleet: more than one need {@code postgres}
 * @param postgres whether PostgreSQL and Redis stand behind the monitors, not a file
 * @param jar the program
 */
record FleetOptions(
    List<Integer> fleets,
    Duration window,
    Duration interval,
    Duration warmUp,
    int held,
    int clients,
    int killed,
    List<String> simulator,
    int nodes,
    boolean postgres,
    Path jar) {
  private static final Set<String> SIMULATOR =
      Set.of("sse", "json", "changing", "same", "stateless", "session", "no-streams", "streams");

  /**
   * Reads {@code servers=1000,16305 seconds=60 interval=10 warm-up=60 held=4096 clients=1 killed=20
   * sse nodes=1 store=sqlite jar=FILE}.
   */
  static FleetOptions of(String... words) {
    Map<String, String> given = new HashMap<>();
    List<String> simulator = new ArrayList<>();
    for (String word : words) {
      if (SIMULATOR.contains(word)) {
        simulator.add(word);
      } else {
        int equals = word.indexOf('=');
        given.put(equals < 0 ? word : word.substring(0, equals), word.substring(equals + 1));
      }
    }
    int nodes = number(given, "nodes", 1);
    boolean postgres = postgres(text(given, "store", nodes > 1 ? "postgres" : "sqlite"));
    if (nodes < 1 || (nodes > 1 && !postgres)) {
      throw new IllegalArgumentException("nodes: at least 1, and several only with store=postgres");
    }
    FleetOptions options =
        new FleetOptions(
            Arrays.stream(text(given, "servers", "1000,16305").split(",", -1))
                .map(Integer::valueOf)
                .toList(),
            seconds(given, "seconds", 60),
            seconds(given, "interval", 10),
            seconds(given, "warm-up", 60),
            number(given, "held", 4096),
            number(given, "clients", 1),
            number(given, "killed", 20),
            List.copyOf(simulator),
            nodes,
            postgres,
            Path.of(text(given, "jar", "server/target/pharos.jar")));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown options: " + given.keySet());
    }
    return options;
  }

  /** What a reader of the results must know. */
  Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("seconds", window.toSeconds());
    view.put("interval_seconds", interval.toSeconds());
    view.put("warm_up_seconds", warmUp.toSeconds());
    view.put("max_held_streams", held);
    view.put("feed_clients", clients);
    view.put("simulator", simulator);
    view.put("nodes", nodes);
    view.put("store", postgres ? "postgres and redis" : "sqlite");
    return view;
  }

  /** How the results are called. */
  String name() {
    return postgres ? "fleet-postgres-" + nodes : "fleet";
  }

  private static boolean postgres(String store) {
    return switch (store) {
      case "sqlite" -> false;
      case "postgres" -> true;
      default -> throw new IllegalArgumentException("store: sqlite or postgres, not " + store);
    };
  }

  private static Duration seconds(Map<String, String> given, String name, int otherwise) {
    return Duration.ofSeconds(number(given, name, otherwise));
  }

  private static int number(Map<String, String> given, String name, int otherwise) {
    return Integer.parseInt(text(given, name, Integer.toString(otherwise)));
  }

  private static String text(Map<String, String> given, String name, String otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : value;
  }
}
