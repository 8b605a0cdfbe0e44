package dev.pharos.store;

import org.jdbi.v3.core.Handle;

/** One known word, sealed in the database: tells at the start whether the key of a box fits. */
final class SecretCheck {
  private static final String WORD = "pharos";
  private static final String PLACE = "secret_check";

  private SecretCheck() {}

  /** Returns when the box opens what is sealed in the database. */
  static void passes(Database database, SecretBox box) {
    database.write(handle -> {
      passes(handle, box);
      return true;
    });
  }

  /** The same within a transaction. */
  static void passes(Handle handle, SecretBox box) {
    box.open(sealed(handle, box), PLACE);
  }

  /** Whether a box opens the word that some database holds. */
  static boolean fits(String sealed, SecretBox box) {
    try {
      box.open(sealed, PLACE);
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private static String sealed(Handle handle, SecretBox box) {
    handle
        .createUpdate(
            "INSERT INTO secret_check (id, sealed) VALUES (1, :it) ON CONFLICT DO NOTHING")
        .bind("it", box.seal(WORD, PLACE))
        .execute();
    return handle.createQuery("SELECT sealed FROM secret_check").mapTo(String.class).one();
  }
}
