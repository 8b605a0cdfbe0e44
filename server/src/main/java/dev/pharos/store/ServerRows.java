package dev.pharos.store;

import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Counts;
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
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads rows of servers, and opens and seals what is secret of them. */
final class ServerRows {
  private static final String SELECT =
      """
      SELECT s.*, f.facts
      FROM mcp_servers s LEFT JOIN mcp_server_facts f ON f.server_id = s.id
      """;

  private static final String UNSEALED =
      """
      SELECT * FROM mcp_servers
      WHERE auth_config NOT LIKE 'v1.%' OR env NOT LIKE 'v1.%' ORDER BY id
      """;

  private final SecretBox box;
  private final RowDoubts doubts = new RowDoubts();

  ServerRows(SecretBox box) {
    this.box = box;
  }

  /** All that can be read; of the others the log tells. */
  List<Standing> all(Handle handle) {
    return handle.createQuery(SELECT + "ORDER BY s.id").map((row, _) -> readable(row)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  Optional<Standing> byName(Handle handle, String name) {
    return handle
        .createQuery(SELECT + "WHERE s.name = :name")
        .bind("name", name)
        .map((row, _) -> told(row))
        .findOne();
  }

  boolean anyUnsealed(Handle handle) {
    return handle.createQuery(UNSEALED).map((row, _) -> row.getLong("id")).findFirst().isPresent();
  }

  /** Seals the secrets that somebody wrote in the clear, as far as they can be read. */
  List<Long> sealAll(Handle handle, String lock) {
    Map<Long, ServerSpec> found = new TreeMap<>();
    handle.createQuery(UNSEALED + lock).map((row, _) -> unsealed(row, found)).forEach(each -> {});
    found.forEach((id, spec) -> {
      seal(handle, id, spec);
      handle
          .createUpdate("UPDATE mcp_servers SET auth_type = :type WHERE id = :id")
          .bind("type", CredentialsJson.type(spec.credentials()))
          .bind("id", id)
          .execute();
    });
    return List.copyOf(found.keySet());
  }

  private boolean unsealed(ResultSet row, Map<Long, ServerSpec> found) throws SQLException {
    try {
      found.put(row.getLong("id"), spec(row, false));
      return true;
    } catch (RuntimeException e) {
      doubts.tell(row, "it cannot be taken over", e);
      return false;
    }
  }

  private Standing told(ResultSet row) throws SQLException {
    try {
      return standing(row);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreException(
          "the row of the server %s cannot be read: a value is malformed"
              .formatted(row.getString("name")),
          e);
    }
  }

  private Optional<Standing> readable(ResultSet row) throws SQLException {
    try {
      return Optional.of(standing(row));
    } catch (RuntimeException e) {
      doubts.tell(row, "it is left out", e);
      return Optional.empty();
    }
  }

  Standing byId(Handle handle, long id) {
    return handle
        .createQuery(SELECT + "WHERE s.id = :id")
        .bind("id", id)
        .map((row, _) -> told(row))
        .one();
  }

  /** In the order of their numbers; those that are gone, or cannot be read, are left out. */
  List<Standing> byIds(Handle handle, List<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : handle
            .createQuery(SELECT + "WHERE s.id IN (<ids>) ORDER BY s.id")
            .bindList("ids", ids)
            .map((row, _) -> readable(row))
            .stream()
            .flatMap(Optional::stream)
            .toList();
  }

  /** Rows by their numbers, each with a value that is another after each write. */
  Map<Long, RememberedRows.Remembered> stamped(Handle handle, List<Long> ids, String stamp) {
    Map<Long, RememberedRows.Remembered> read = new TreeMap<>();
    handle
        .createQuery(
            SELECT.replaceFirst("f\\.facts", "f.facts, " + stamp + " AS stamp")
                + "WHERE s.id = ANY (:ids)")
        .bindArray("ids", Long.class, ids)
        .map((row, _) ->
            Map.entry(
                row.getLong("id"),
                new RememberedRows.Remembered(row.getString("stamp"), readable(row))))
        .forEach(each -> read.put(each.getKey(), each.getValue()));
    return read;
  }

  /** Writes the secrets of a row, sealed for this row: copied to another they do not open. */
  void seal(Handle handle, long id, ServerSpec spec) {
    handle
        .createUpdate(
            "UPDATE mcp_servers SET auth_config = :auth_config, env = :env WHERE id = :id")
        .bindMap(sealed(id, spec))
        .bind("id", id)
        .execute();
  }

  /** The columns of the secrets of a row. */
  Map<String, @Nullable Object> sealed(long id, ServerSpec spec) {
    String auth = CredentialsJson.write(spec.credentials(), spec.headers());
    String env =
        spec.transport() instanceof Transport.Stdio stdio && !stdio.env().isEmpty()
            ? Json.secrets(stdio.env()).toString()
            : null;
    Map<String, @Nullable Object> sealed = new TreeMap<>();
    sealed.put("auth_config", auth == null ? null : box.seal(auth, place("auth_config", id)));
    sealed.put("env", env == null ? null : box.seal(env, place("env", id)));
    return sealed;
  }

  private Standing standing(ResultSet row) throws SQLException {
    return new Standing(server(row), MemoryJson.read(row.getString("health_memory")), seen(row));
  }

  private Server server(ResultSet row) throws SQLException {
    return new Server(
        new ServerId(row.getLong("id")),
        spec(row, true),
        Names.of(AdminStatus.class, row.getString("status")),
        row.getString("managed_by"),
        row.getBoolean("maintenance"),
        Moments.instant(row, "created_at"),
        Moments.instant(row, "updated_at"),
        row.getLong("version"));
  }

  /**
   * What people set.
   *
   * @param lenient whether secrets that somebody wrote, and that cannot be read, are left out
   */
  private ServerSpec spec(ResultSet row, boolean lenient) throws SQLException {
    WrittenSecrets written = new WrittenSecrets(row, box, lenient ? doubts : null);
    WrittenSecrets.Auth auth = written.auth();
    return new ServerSpec(
        row.getString("name"),
        row.getString("description"),
        transport(row, written),
        auth.credentials(),
        auth.headers(),
        Duration.ofNanos(Math.round(row.getDouble("timeout_seconds") * 1e9)),
        Json.strings(row.getString("tags")),
        Names.of(Expectation.class, row.getString("expect")),
        Names.of(EraChoice.class, row.getString("era")),
        OverridesJson.read(row.getString("overrides")),
        row.getBoolean("can_auto_enable"),
        row.getString("meta_data"));
  }

  private static Transport transport(ResultSet row, WrittenSecrets written) throws SQLException {
    String protocol = row.getString("protocol");
    if (!protocol.equals("stdio")) {
      return new Transport.Http(
          URI.create(row.getString("url")), Names.of(TransportChoice.class, protocol));
    }
    List<String> command = new ArrayList<>();
    command.add(row.getString("command"));
    command.addAll(Json.strings(row.getString("args")));
    return new Transport.Stdio(command, written.env(), row.getString("directory"));
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

  /** What a secret is sealed for. */
  static String place(String column, long id) {
    return "mcp_servers." + column + "/" + id;
  }
}
