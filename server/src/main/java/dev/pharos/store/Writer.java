package dev.pharos.store;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes, and how its transactions begin and end. Guarded by the lock of
 * its {@link Database}.
 */
sealed interface Writer extends AutoCloseable permits SqliteWriter, PostgresWriter {
  /** Begins a transaction; the handle is good until its end. */
  Handle begin() throws SQLException;

  /**
   * Ends the transaction.
   *
   * @throws InDoubtException when it may have been committed, and nobody can be asked now
   */
  void commit() throws SQLException;

  /** Undoes the transaction, whatever is left of it. */
  void undo(@Nullable SQLException fault);

  @Override
  void close() throws SQLException;
}
