package dev.pharos.store;

import org.jspecify.annotations.Nullable;

/**
 * The hash of the administrator's password in PostgreSQL. Sealed: who can write into the database
 * cannot let himself in.
 */
final class SharedPassword {
  private static final String PLACE = "admin_password";
  private static final String READ = "SELECT sealed FROM admin_password WHERE id = 1";
  private static final String WRITE =
      """
      INSERT INTO admin_password (id, sealed) VALUES (1, :sealed)
      ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed
      """;
  private static final String REMOVE = "DELETE FROM admin_password";

  private final Database database;
  private final Coordination coordination;
  private final SecretBox box;

  SharedPassword(Database database, Coordination coordination, SecretBox box) {
    this.database = database;
    this.coordination = coordination;
    this.box = box;
  }

  @Nullable String read() {
    return database
        .read(handle -> handle.createQuery(READ).mapTo(String.class).findOne())
        .map(sealed -> box.open(sealed, PLACE))
        .orElse(null);
  }

  void write(@Nullable String hash) {
    coordination.with(handle ->
        hash == null
            ? handle.createUpdate(REMOVE).execute()
            : handle.createUpdate(WRITE).bind("sealed", box.seal(hash, PLACE)).execute());
  }
}
