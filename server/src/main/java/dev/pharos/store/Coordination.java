package dev.pharos.store;

import com.zaxxer.hikari.HikariDataSource;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A few connections for what nodes tell each other: apart from those that write results, so that a
 * long transaction does not make a node look dead. Each call is a transaction. Thread-safe.
 */
final class Coordination implements AutoCloseable {
  private final Dialect dialect;
  private final String schema;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  /** Takes over the pool. */
  Coordination(Dialect dialect, String schema, HikariDataSource pool) {
    this.dialect = dialect;
    this.schema = schema;
    this.pool = pool;
    this.jdbi = Values.of(dialect).in(Jdbi.create(pool));
  }

  /** The name of a channel that nodes listen to. */
  String channel(String what) {
    return schema + "_" + what;
  }

  <T> T with(Function<Handle, T> work) {
    try {
      return jdbi.inTransaction(work::apply);
    } catch (RuntimeException e) {
      throw Database.explained(e, dialect);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
