package dev.pharos.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is in the database of a monitor that does not run, read from a copy: recovering the original
 * is left to the monitor.
 *
 * @param events payloads of the journal by id
 * @param rows the health of each server: as its own row and as its newest line of the log have it
 * @param spans of all servers, by server and time
 * @param flips what the journal says of changes of health
 */
record Remains(
    NavigableMap<Long, String> events, List<Row> rows, List<Stretch> spans, List<Flip> flips) {
  /** Both as {@code health at time of the look}. */
  record Row(String server, String own, String logged) {}

  /** A span; an end of 0 for the open one. */
  record Stretch(String server, long began, long ended, String state) {}

  /** One change of health. */
  record Flip(String server, long at, String state) {}

  static Remains of(Path data, Path scratch) throws IOException, SQLException {
    Files.createDirectories(scratch);
    for (String file : List.of("pharos.db", "pharos.db-wal")) {
      Files.deleteIfExists(scratch.resolve(file));
      if (Files.exists(data.resolve(file))) {
        Files.copy(data.resolve(file), scratch.resolve(file));
      }
    }
    Files.deleteIfExists(scratch.resolve("pharos.db-shm"));
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + scratch.resolve("pharos.db"));
        Statement statement = connection.createStatement()) {
      return new Remains(events(statement), rows(statement), spans(statement), flips(statement));
    }
  }

  private static NavigableMap<Long, String> events(Statement statement) throws SQLException {
    NavigableMap<Long, String> events = new TreeMap<>();
    try (ResultSet row = statement.executeQuery("SELECT id, payload FROM events")) {
      while (row.next()) {
        events.put(row.getLong(1), row.getString(2));
      }
    }
    return events;
  }

  private static List<Row> rows(Statement statement) throws SQLException {
    List<Row> rows = new ArrayList<>();
    String sql =
        """
        SELECT s.name, s.health_status || ' at ' || s.last_health_check,
          (SELECT l.status || ' at ' || l.checked_at FROM mcp_health_logs l
            WHERE l.server_id = s.id ORDER BY l.checked_at DESC LIMIT 1)
        FROM mcp_servers s WHERE s.last_health_check IS NOT NULL
        """;
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.add(new Row(row.getString(1), row.getString(2), row.getString(3)));
      }
    }
    return rows;
  }

  private static List<Stretch> spans(Statement statement) throws SQLException {
    List<Stretch> spans = new ArrayList<>();
    String sql =
        """
        SELECT s.name, p.began_at, COALESCE(p.ended_at, 0), p.state
        FROM mcp_status_spans p JOIN mcp_servers s ON s.id = p.server_id
        ORDER BY s.name, p.began_at
        """;
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        spans.add(new Stretch(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4)));
      }
    }
    return spans;
  }

  private static List<Flip> flips(Statement statement) throws SQLException {
    List<Flip> flips = new ArrayList<>();
    String sql =
        """
        SELECT mcp_name, at, json_extract(payload, '$.new_status') FROM events
        WHERE type = 'mcp_status_change' ORDER BY mcp_name, id
        """;
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        flips.add(new Flip(row.getString(1), row.getLong(2), row.getString(3)));
      }
    }
    return flips;
  }
}
