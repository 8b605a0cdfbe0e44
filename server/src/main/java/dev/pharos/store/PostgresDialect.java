package dev.pharos.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL from version 15 on.
 *
 * @param place its address, without user and password
 */
record PostgresDialect(String place, String user, String database, String schema)
    implements Dialect {
  /** What timestamptz can hold, with some distance: 4713 BC to 294276. */
  static final long EARLIEST =
      Moments.micros(OffsetDateTime.parse("-4000-01-01T00:00Z").toInstant());

  static final long LATEST =
      Moments.micros(OffsetDateTime.parse("+290000-01-01T00:00Z").toInstant());

  @Override
  public String least(String a, String b) {
    return "LEAST(" + a + ", " + b + ")";
  }

  @Override
  public String greatest(String a, String b) {
    return "GREATEST(" + a + ", " + b + ")";
  }

  @Override
  public String forUpdate() {
    return " FOR UPDATE";
  }

  /** Which transactions wrote the two last: of what one writes, others see its end only. */
  @Override
  public String rowStamp() {
    return "CONCAT(s.xmin, '/', f.xmin)";
  }

  @Override
  public String newServerIds() {
    return """
    SELECT nextval(pg_get_serial_sequence('mcp_servers', 'id')) FROM generate_series(1, :count)
    """;
  }

  @Override
  public String logOfChain() {
    // The limit keeps the planner from reading the whole log for a join.
    return """
    CROSS JOIN LATERAL (
      SELECT * FROM mcp_health_logs
      WHERE checked_at = c.at AND server_id = c.server_id LIMIT 1
    ) l
    """;
  }

  @Override
  public String buckets() {
    return """
    SELECT generate_series(
      :first, :end - INTERVAL '1 microsecond', :step * INTERVAL '1 microsecond')
    """;
  }

  @Override
  public void setMoment(PreparedStatement statement, int index, @Nullable Long micros)
      throws SQLException {
    if (micros == null) {
      statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
    } else if (micros < EARLIEST) {
      statement.setObject(index, OffsetDateTime.MIN); // -infinity
    } else if (micros > LATEST) {
      statement.setObject(index, OffsetDateTime.MAX); // infinity
    } else {
      statement.setObject(index, Moments.instant(micros).atOffset(ZoneOffset.UTC));
    }
  }

  /** PostgreSQL has no place for the character of number zero. */
  @Override
  public void setText(PreparedStatement statement, int index, @Nullable String text)
      throws SQLException {
    statement.setString(
        index, text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD'));
  }

  @Override
  public boolean lostConnection(SQLException e) {
    return PostgresFault.of(e).losesConnection();
  }

  @Override
  public boolean worthAnotherTry(SQLException e) {
    return PostgresFault.of(e).isCollision();
  }

  @Override
  public StoreException explain(SQLException e) {
    PostgresFault fault = PostgresFault.of(e);
    if (fault.state().equals("53100")) {
      return new StoreFullException(
          "the disk of " + place + " is full: nothing can be stored until there is room", e);
    }
    return new StoreException(sentence(fault), e);
  }

  private String sentence(PostgresFault fault) {
    return switch (fault.state()) {
      case "28P01", "28000" ->
          place + " refused the user " + user + ": check name and password in database_url";
      case "3D000" ->
          place + " has no database " + database + ": create it, or correct database_url";
      case "42501" ->
          ("the user %s may not do what is needed in the schema %s of the database %s: let it create"
                  + " the schema, or make it the owner of schema and tables")
              .formatted(user, schema, database);
      case "25006" -> place + " is read-only now: nothing can be stored until it is not";
      case "53300", "53000" ->
          place + " has no connection left: raise max_connections, or end some of its users";
      case "57P01", "57P02" -> place + " ended the connection";
      case "57P03" -> place + " is stopping or starting";
      case "57014" -> place + " took too long to answer";
      case "55P03" -> place + " kept a lock for too long";
      case "3F000", "42P01", "42703" ->
          "the schema %s of the database %s lacks tables of Pharos".formatted(schema, database);
      default -> connectionOrOther(fault);
    };
  }

  private String connectionOrOther(PostgresFault fault) {
    if (fault.state().startsWith("08")) {
      return place + " cannot be reached: " + fault.unreachable();
    }
    return fault.state().isEmpty()
        ? "all connections to " + place + " are in use"
        : place + " refused what was asked (SQLSTATE " + fault.state() + ")";
  }
}
