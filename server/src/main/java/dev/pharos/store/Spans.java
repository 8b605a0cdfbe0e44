package dev.pharos.store;

import dev.pharos.fleet.Flip;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.SpanState;
import dev.pharos.trace.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Writes spans: of each server the last one is open, and they leave no gaps. */
final class Spans {
  private static final String INSERT =
      """
      INSERT INTO mcp_status_spans
        (server_id, began_at, state, reason_stage, reason_kind, reason_message)
      VALUES (:server, :at, :state, :stage, :kind, :message)
      """;
  private static final String OPEN =
      "SELECT began_at FROM mcp_status_spans WHERE server_id = :server AND ended_at IS NULL";
  private static final String CLOSE =
      """
      UPDATE mcp_status_spans SET ended_at = :at
      WHERE server_id = :server AND ended_at IS NULL
      """;
  private static final String DROP =
      "DELETE FROM mcp_status_spans WHERE server_id = :server AND ended_at IS NULL";

  private Spans() {}

  /** The first spans of servers. */
  static void begin(Handle handle, List<Long> servers, List<HealthMemory> memories) {
    if (servers.isEmpty()) {
      return;
    }
    try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
      for (int i = 0; i < servers.size(); i++) {
        HealthMemory memory = memories.get(i);
        long at = Moments.micros(memory.spanSince());
        batch.bindMap(row(servers.get(i), memory.span(), at, memory.reason())).add();
      }
      batch.execute();
    }
  }

  /** Ends the open span and begins the next at the same moment. */
  static void flip(Handle handle, long server, Flip flip) {
    long at = Moments.micros(flip.at());
    Optional<Long> open =
        handle
            .createQuery(OPEN)
            .bind("server", server)
            .map((row, _) -> Moments.micros(row, "began_at"))
            .findOne();
    if (open.isPresent() && open.get() < at) {
      handle.createUpdate(CLOSE).bind("at", new Moment(at)).bind("server", server).execute();
    } else if (open.isPresent()) {
      // A span without length tells nothing; and the clock may have stepped back.
      at = open.get();
      handle.createUpdate(DROP).bind("server", server).execute();
    }
    begin(handle, server, flip.to(), at, flip.reason());
  }

  private static void begin(
      Handle handle, long server, SpanState state, long at, @Nullable Failure reason) {
    handle.createUpdate(INSERT).bindMap(row(server, state, at, reason)).execute();
  }

  private static Map<String, @Nullable Object> row(
      long server, SpanState state, long at, @Nullable Failure reason) {
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("server", server);
    row.put("at", new Moment(at));
    row.put("state", state.wire());
    row.put("stage", reason == null ? null : reason.stage().wire());
    row.put("kind", reason == null ? null : reason.kind().wire());
    row.put("message", reason == null ? null : reason.message());
    return row;
  }
}
