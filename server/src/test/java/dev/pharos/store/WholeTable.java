package dev.pharos.store;

import dev.pharos.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The rows of a table as texts, sorted: the same for the same rows of whichever database. */
final class WholeTable {
  private WholeTable() {}

  static List<String> ofFolder(Path folder, String table) {
    return rows("jdbc:sqlite:" + folder.resolve("pharos.db"), table);
  }

  static List<String> ofSchema(String schema, String table) {
    return rows(Postgres.url(), schema + "." + table);
  }

  private static List<String> rows(String url, String table) {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
      ResultSetMetaData data = row.getMetaData();
      while (row.next()) {
        TreeMap<String, String> values = new TreeMap<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
          // Sealed anew: compared in the clear elsewhere.
          if (!List.of("auth_config", "env").contains(data.getColumnName(i))) {
            values.put(data.getColumnName(i), text(row.getObject(i)));
          }
        }
        rows.add(values.toString());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows.stream().sorted().toList();
  }

  private static String text(Object value) {
    return switch (value) {
      case Timestamp at -> Long.toString(Moments.micros(at.toInstant()));
      case Boolean flag -> flag ? "1" : "0";
      case null -> "null";
      default -> value.toString().replace('\0', '\uFFFD');
    };
  }
}
