package dev.pharos.store;

import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.EraChoice;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads rows of servers, and opens and seals what is secret of them. */
final class ServerRows {
  private static final String SELECT =
      """
      SELECT s.*, f.facts
      FROM mcp_servers s LEFT JOIN mcp_server_facts f ON f.server_id = s.id
      """;

  private final SecretBox box;

  ServerRows(SecretBox box) {
    this.box = box;
  }

  List<Standing> all(Handle handle) {
    return handle.createQuery(SELECT + "ORDER BY s.id").map((row, _) -> standing(row)).list();
  }

  Optional<Standing> byName(Handle handle, String name) {
    return handle
        .createQuery(SELECT + "WHERE s.name = :name")
        .bind("name", name)
        .map((row, _) -> standing(row))
        .findOne();
  }

  Standing byId(Handle handle, long id) {
    return handle
        .createQuery(SELECT + "WHERE s.id = :id")
        .bind("id", id)
        .map((row, _) -> standing(row))
        .one();
  }

  /** In the order of their numbers; those that are gone are left out. */
  List<Standing> byIds(Handle handle, List<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : handle
            .createQuery(SELECT + "WHERE s.id IN (<ids>) ORDER BY s.id")
            .bindList("ids", ids)
            .map((row, _) -> standing(row))
            .list();
  }

  /** Writes the secrets of a row, sealed for this row: copied to another they do not open. */
  void seal(Handle handle, long id, ServerSpec spec) {
    String auth = CredentialsJson.write(spec.credentials(), spec.headers());
    String env =
        spec.transport() instanceof Transport.Stdio stdio && !stdio.env().isEmpty()
            ? Json.secrets(stdio.env()).toString()
            : null;
    handle
        .createUpdate("UPDATE mcp_servers SET auth_config = :auth, env = :env WHERE id = :id")
        .bind("auth", auth == null ? null : box.seal(auth, place("auth_config", id)))
        .bind("env", env == null ? null : box.seal(env, place("env", id)))
        .bind("id", id)
        .execute();
  }

  private Standing standing(ResultSet row) throws SQLException {
    return new Standing(server(row), MemoryJson.read(row.getString("health_memory")), seen(row));
  }

  private Server server(ResultSet row) throws SQLException {
    return new Server(
        new ServerId(row.getLong("id")),
        spec(row),
        Names.of(AdminStatus.class, row.getString("status")),
        row.getString("managed_by"),
        row.getBoolean("maintenance"),
        Moments.instant(row, "created_at"),
        Moments.instant(row, "updated_at"),
        row.getLong("version"));
  }

  private ServerSpec spec(ResultSet row) throws SQLException {
    String auth = opened(row, "auth_config");
    Credentials credentials = CredentialsJson.credentials(row.getString("auth_type"), auth);
    return new ServerSpec(
        row.getString("name"),
        row.getString("description"),
        transport(row),
        credentials,
        CredentialsJson.headers(auth),
        Duration.ofNanos(Math.round(row.getDouble("timeout_seconds") * 1e9)),
        Json.strings(row.getString("tags")),
        Names.of(Expectation.class, row.getString("expect")),
        Names.of(EraChoice.class, row.getString("era")),
        OverridesJson.read(row.getString("overrides")),
        row.getBoolean("can_auto_enable"),
        row.getString("meta_data"));
  }

  private Transport transport(ResultSet row) throws SQLException {
    String protocol = row.getString("protocol");
    if (!protocol.equals("stdio")) {
      return new Transport.Http(
          URI.create(row.getString("url")), Names.of(TransportChoice.class, protocol));
    }
    List<String> command = new ArrayList<>();
    command.add(row.getString("command"));
    command.addAll(Json.strings(row.getString("args")));
    String env = opened(row, "env");
    return new Transport.Stdio(
        command,
        env == null ? Map.of() : Json.secrets(Json.parse(env)),
        row.getString("directory"));
  }

  private static LastSeen seen(ResultSet row) throws SQLException {
    long micros = row.getLong("response_time_us");
    Long response = row.wasNull() ? null : micros;
    return new LastSeen(
        FactsJson.read(row.getString("facts")),
        new Counts(
            row.getInt("tool_count"),
            row.getInt("prompt_count"),
            row.getInt("resource_count"),
            row.getInt("resource_template_count")),
        response,
        Moments.instantOrNull(row, "last_health_check"),
        Moments.instantOrNull(row, "next_check_at"));
  }

  private @Nullable String opened(ResultSet row, String column) throws SQLException {
    String sealed = row.getString(column);
    return sealed == null
        ? null
        : Objects.requireNonNull(box.open(sealed, place(column, row.getLong("id"))));
  }

  private static String place(String column, long id) {
    return "mcp_servers." + column + "/" + id;
  }
}
