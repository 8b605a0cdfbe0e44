package dev.pharos.push;

import dev.pharos.fleet.FleetEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a client asked for.
 *
 * @param servers only these servers' events, and those of the monitor itself; empty for all
 * @param types only these public types; empty for all
 */
record Wanted(Set<String> servers, Set<String> types) {
  Wanted {
    servers = Set.copyOf(servers);
    types = Set.copyOf(types);
  }

  boolean accepts(Message message) {
    return accepts(message.type(), message.server());
  }

  boolean accepts(FleetEvent event) {
    return accepts(event.type(), event.server());
  }

  private boolean accepts(String type, @Nullable String server) {
    return (types.isEmpty() || types.contains(type))
        && (servers.isEmpty() || server == null || servers.contains(server));
  }
}
