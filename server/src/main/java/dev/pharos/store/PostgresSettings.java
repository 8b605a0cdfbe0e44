package dev.pharos.store;

import dev.pharos.fleet.Secret;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the stores are kept in PostgreSQL.
 *
 * @param url {@code jdbc:postgresql://host:port/database?…} or {@code postgresql://…}, which may
 *     hold user and password
 * @param user null when the URL names it
 * @param password null when the URL holds it, or none is asked for
 * @param schema lower-case letters, digits and underscores, at most 40
 * @param node the name of this replica; null when there is only one
 * @param folder what little stays local; held as long as the stores are open, so that no two
 *     processes share it; null for none
 */
public record PostgresSettings(
    Secret url,
    @Nullable String user,
    @Nullable Secret password,
    String schema,
    @Nullable String node,
    @Nullable Path folder) {
  private static final Pattern NAME = Pattern.compile("(?!pg_)[a-z_][a-z0-9_]{0,39}");

  public PostgresSettings {
    if (!NAME.matcher(schema).matches()) {
      throw new StoreException(
          "the name of a schema consists of at most 40 lower-case letters, digits and underscores,"
              + " and does not begin with pg_ or a digit");
    }
  }

  /** One node with all that it needs in the URL. */
  public PostgresSettings(Secret url, String schema) {
    this(url, null, null, schema, null, null);
  }
}
