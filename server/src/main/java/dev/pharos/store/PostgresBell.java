package dev.pharos.store;

import dev.pharos.event.Bell;
import dev.pharos.store.PostgresSource.Use;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for notifications on a connection and a thread of its own. */
final class PostgresBell implements Bell {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresBell.class);
  private static final Duration AT_LEAST = Duration.ofSeconds(1);
  private static final Duration GOODBYE = Duration.ofSeconds(10);

  /** So many silent waits, and the connection is asked whether it still lives. */
  private static final int SILENT = 10;

  private final PostgresSource source;
  private final String channel;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Connection connection;
  private @Nullable Thread thread;

  PostgresBell(PostgresSource source, String channel) {
    this.source = source;
    this.channel = channel;
  }

  @Override
  public synchronized void listen(Runnable rung) {
    thread = Thread.ofVirtual().name("pharos-bell-" + channel).start(() -> run(rung));
  }

  private void run(Runnable rung) {
    boolean told = false;
    while (!isClosed()) {
      try (Connection open = source.open(Use.LISTEN, "pharos-bell").getConnection()) {
        connection = open;
        told = false;
        listen(open, rung);
      } catch (SQLException e) {
        if (!told && !isClosed()) {
          told = true;
          LOG.atInfo()
              .addKeyValue("reason", source.dialect().explain(e).getMessage())
              .log("Nobody tells of changes for now; they are asked for each second");
        }
        rung.run();
        rest();
      }
    }
  }

  private void listen(Connection open, Runnable rung) throws SQLException {
    try (Statement statement = open.createStatement()) {
      statement.execute("LISTEN " + channel);
      PGConnection driver = open.unwrap(PGConnection.class);
      // What was told before is told to nobody again.
      rung.run();
      for (int silent = 0; !isClosed(); silent++) {
        if (driver.getNotifications((int) AT_LEAST.toMillis()).length > 0) {
          silent = 0;
        } else if (silent >= SILENT) {
          statement.execute("SELECT 1");
          silent = 0;
        }
        rung.run();
      }
    }
  }

  private void rest() {
    try {
      var _ = closed.await(AT_LEAST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed.countDown();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public synchronized void close() {
    closed.countDown();
    Connection open = connection;
    try {
      if (open != null) {
        open.abort(Runnable::run);
      }
      if (thread != null) {
        var _ = thread.join(GOODBYE);
      }
    } catch (SQLException e) {
      LOG.atDebug().setCause(e).log("A connection did not end at once");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
