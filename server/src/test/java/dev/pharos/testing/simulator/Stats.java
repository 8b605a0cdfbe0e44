package dev.pharos.testing.simulator;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a simulator has counted since its start.
 *
 * @param sessionsEnded by DELETE
 * @param sessionsLost to a fault
 * @param flips how often a flipping server changed between up and down
 * @param down how many servers are down now
 * @param returns how often a server was looked at again by somebody after somebody else had
 * @param mostReturns the same of the one server where it was most often
 * @param cpuMicros of the simulator's thread
 * @param requests by JSON-RPC method, or by HTTP method where there is none; sorted
 */
public record Stats(
    int servers,
    long connectionsAccepted,
    int connectionsOpen,
    long sessionsOpened,
    long sessionsEnded,
    long sessionsLost,
    int sessionsHeld,
    int streamsHeld,
    long flips,
    int down,
    long returns,
    int mostReturns,
    long cpuMicros,
    Map<String, Long> requests) {
  public Stats {
    requests = new TreeMap<>(requests);
  }

  /** How many requests of that method came. */
  public long requests(String method) {
    return requests.getOrDefault(method, 0L);
  }

  String json() {
    String byMethod =
        requests.entrySet().stream()
            .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
            .collect(Collectors.joining(","));
    return """
    {"servers":%d,"connections_accepted":%d,"connections_open":%d,"sessions_opened":%d,\
    "sessions_ended":%d,"sessions_lost":%d,"sessions_held":%d,"streams_held":%d,"flips":%d,\
    "down":%d,"returns":%d,"most_returns":%d,"cpu_micros":%d,"requests":{%s}}
    """
        .formatted(
            servers,
            connectionsAccepted,
            connectionsOpen,
            sessionsOpened,
            sessionsEnded,
            sessionsLost,
            sessionsHeld,
            streamsHeld,
            flips,
            down,
            returns,
            mostReturns,
            cpuMicros,
            byMethod);
  }
}
