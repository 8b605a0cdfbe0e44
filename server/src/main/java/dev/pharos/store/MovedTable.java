package dev.pharos.store;

import java.util.List;

/**
 * A table whose rows a migration moves.
 *
 * @param key the columns of its primary key: rows are taken in their order
 */
record MovedTable(String name, String key) {
  static final MovedTable SERVERS = new MovedTable("mcp_servers", "id");
  static final MovedTable LOG = new MovedTable("mcp_health_logs", "checked_at, server_id");

  private static final String ROLLUP = "begin_at, server_id, latency_bucket, failure";

  /**
   * All, each after those that its rows refer to. What nodes tell each other is no history, and the
   * known word is sealed anew.
   */
  static final List<MovedTable> ALL =
      List.of(
          new MovedTable("mcp_capability_snapshots", "hash"),
          SERVERS,
          new MovedTable("mcp_server_facts", "server_id"),
          new MovedTable("mcp_status_spans", "server_id, began_at"),
          new MovedTable("mcp_capability_changes", "id"),
          new MovedTable("config", "key"),
          new MovedTable("mcp_rollup_1d", ROLLUP),
          new MovedTable("mcp_rollup_1h", ROLLUP),
          new MovedTable("mcp_rollup_5m", ROLLUP),
          new MovedTable("events", "id"),
          LOG);

  /** Those whose numbers are never given twice. */
  static final List<String> NUMBERED = List.of("mcp_servers", "mcp_capability_changes", "events");

  static List<String> names() {
    return ALL.stream().map(MovedTable::name).toList();
  }
}
