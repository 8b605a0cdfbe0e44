package dev.pharos.store;

import dev.pharos.fleet.Facts;
import dev.pharos.fleet.HealthMemory;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What was last written of each server, as far as the next look needs it: so that looks write
 * without reading. Only what is committed comes in here. Thread-safe.
 */
final class Recollection {
  /**
   * What was last written of one server.
   *
   * @param lastCheckAt the key of its newest log row, in microseconds, or null
   * @param active as its health memory had it
   */
  record Last(Facts facts, @Nullable Long lastCheckAt, boolean active) {}

  private static final String SELECT =
      """
      SELECT s.last_health_check, s.health_memory, f.facts
      FROM mcp_servers s LEFT JOIN mcp_server_facts f ON f.server_id = s.id
      WHERE s.id = :id
      """;

  private final Map<Long, Last> byServer = new ConcurrentHashMap<>();

  /** Empty when there is no such server. */
  Optional<Last> of(Handle handle, long server) {
    Last last = byServer.get(server);
    return last == null ? read(handle, server) : Optional.of(last);
  }

  /** Forgets a server of which somebody else has written. */
  void confirm(long server, @Nullable Long lastCheckAt, boolean active) {
    Last last = byServer.get(server);
    if (last != null
        && (last.active() != active || !Objects.equals(last.lastCheckAt(), lastCheckAt))) {
      forget(server);
    }
  }

  void committed(Map<Long, Last> written) {
    byServer.putAll(written);
  }

  void forget(long server) {
    byServer.remove(server);
  }

  private static Optional<Last> read(Handle handle, long server) {
    return handle
        .createQuery(SELECT)
        .bind("id", server)
        .map((row, _) -> {
          HealthMemory memory = MemoryJson.read(row.getString("health_memory"));
          Long lastCheckAt = Moments.microsOrNull(row, "last_health_check");
          return new Last(FactsJson.read(row.getString("facts")), lastCheckAt, memory.active());
        })
        .findOne();
  }
}
