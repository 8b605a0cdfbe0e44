package dev.pharos.store;

import java.sql.SQLException;

/** Where one database differs from another; all other SQL is the same for all. */
sealed interface Dialect permits SqliteDialect {
  /** The folder of the migrations on the class path. */
  String migrations();

  /** The lesser of two expressions. */
  String least(String a, String b);

  /** The greater of two expressions. */
  String greatest(String a, String b);

  /** What a failure means to a person. */
  StoreException explain(SQLException e);
}
