package dev.pharos.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
  /** Longer than any transaction may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int ATTEMPTS = 3;

  private final Dialect dialect;
  private final Writer writer;
  private final HikariDataSource pool;
  private final Jdbi readers;
  private final ReentrantLock lock = new ReentrantLock(true);

  /** Takes over the connection and the pool: they are closed with this. */
  Database(Dialect dialect, Writer writer, HikariDataSource pool) {
    this.dialect = dialect;
    this.writer = writer;
    this.pool = pool;
    this.readers = Values.of(dialect).in(Jdbi.create(pool));
  }

  Dialect dialect() {
    return dialect;
  }

  /** Runs work in a transaction of its own: it is committed when this returns. */
  <T> T write(Function<Handle, T> work) {
    return write(work, () -> {});
  }

  /**
   * The same.
   *
   * @param work may run more than once, when what others do comes in its way
   * @param committed run after the commit and before the next transaction
   */
  <T> T write(Function<Handle, T> work, Runnable committed) {
    return write(work, committed, committed);
  }

  /**
   * The same.
   *
   * @param late run instead of {@code committed}, before the next transaction, when this call threw
   *     an {@link InDoubtException} and it turns out that the work was committed
   */
  <T> T write(Function<Handle, T> work, Runnable committed, Runnable late) {
    take();
    try {
      return attempts(work, committed, late);
    } finally {
      lock.unlock();
    }
  }

  /** Runs work that only reads. */
  <T> T read(Function<Handle, T> work) {
    try {
      return readOnce(work);
    } catch (RuntimeException e) {
      SQLException fault = fault(e);
      // A pool that waited for a connection in vain would wait as long again.
      if (fault == null
          || fault instanceof SQLTransientConnectionException
          || !dialect.lostConnection(fault)) {
        throw explained(e, dialect);
      }
    }
    // It was cut while it rested, and its neighbours were most likely too; reading does no harm.
    pool.getHikariPoolMXBean().softEvictConnections();
    try {
      return readOnce(work);
    } catch (RuntimeException e) {
      throw explained(e, dialect);
    }
  }

  private <T> T readOnce(Function<Handle, T> work) {
    try (Handle handle = readers.open()) {
      return work.apply(handle);
    }
  }

  @Override
  public void close() {
    take();
    try {
      pool.close();
      writer.close();
    } catch (SQLException e) {
      throw dialect.explain(e);
    } finally {
      lock.unlock();
    }
  }

  private void take() {
    try {
      if (lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StoreException("the database is busy: nothing was written");
  }

  private <T> T attempts(Function<Handle, T> work, Runnable committed, Runnable late) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction(work, committed, late);
      } catch (SQLException | RuntimeException e) {
        SQLException fault = fault(e);
        writer.undo(fault);
        if (fault == null || attempt == ATTEMPTS || !dialect.worthAnotherTry(fault)) {
          throw explained(e, dialect);
        }
      }
    }
  }

  private <T> T transaction(Function<Handle, T> work, Runnable committed, Runnable late)
      throws SQLException {
    T result = work.apply(writer.begin());
    try {
      writer.commit();
    } catch (InDoubtException e) {
      e.doubt().whenCommitted(late);
      throw e;
    }
    committed.run();
    return result;
  }

  /** What is the database's fault is told without the SQL that met it; all else passes. */
  static RuntimeException explained(Exception e, Dialect dialect) {
    if (e instanceof StoreException told) {
      return told;
    }
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
