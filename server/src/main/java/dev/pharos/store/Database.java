package dev.pharos.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * One writing connection, guarded by a lock, and a few that read beside it. Thread-safe. Failures
 * of the database leave as {@link StoreException}.
 */
final class Database implements AutoCloseable {
  private final Dialect dialect;
  private final Connection connection;
  private final Handle writer;
  private final HikariDataSource pool;
  private final Jdbi readers;
  // Held for one bounded transaction at a time, so waiting for it needs no time-out of its own.
  private final ReentrantLock lock = new ReentrantLock(true);

  /** Takes over the connection and the pool: they are closed with this. */
  Database(Dialect dialect, Connection connection, HikariDataSource pool) {
    this.dialect = dialect;
    this.connection = connection;
    this.writer = Jdbi.open(connection);
    this.pool = pool;
    this.readers = Jdbi.create(pool);
  }

  Dialect dialect() {
    return dialect;
  }

  /** The writing connection, for statements that are prepared once; used within {@code write}. */
  Connection connection() {
    return connection;
  }

  /** Runs work in a transaction of its own: it is committed when this returns. */
  <T> T write(Function<Handle, T> work) {
    return write(work, () -> {});
  }

  /**
   * The same.
   *
   * @param committed run after the commit and before the next transaction
   */
  <T> T write(Function<Handle, T> work, Runnable committed) {
    lock.lock();
    try {
      T result = work.apply(writer);
      connection.commit();
      committed.run();
      return result;
    } catch (SQLException | RuntimeException e) {
      throw undone(e);
    } finally {
      lock.unlock();
    }
  }

  /** Runs work that only reads. */
  <T> T read(Function<Handle, T> work) {
    try (Handle handle = readers.open()) {
      return work.apply(handle);
    } catch (RuntimeException e) {
      throw explained(e);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      pool.close();
      connection.rollback();
      connection.close();
    } catch (SQLException e) {
      throw dialect.explain(e);
    } finally {
      lock.unlock();
    }
  }

  private RuntimeException undone(Exception e) {
    RuntimeException explained = explained(e);
    try {
      connection.rollback();
    } catch (SQLException again) {
      explained.addSuppressed(again);
    }
    return explained;
  }

  /** What is the database's fault is told without the SQL that met it; all else passes. */
  private RuntimeException explained(Exception e) {
    SQLException fault = fault(e);
    if (fault != null) {
      return dialect.explain(fault);
    }
    return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
  }

  static @Nullable SQLException fault(@Nullable Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException fault) {
        return fault;
      }
    }
    return null;
  }
}
