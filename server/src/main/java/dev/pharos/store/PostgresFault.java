package dev.pharos.store;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A fault by its SQLSTATE.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">the codes</a>
 */
record PostgresFault(String state, @Nullable SQLException fault) {
  /**
   * Deadlock, serialization failure, a unique key that another transaction has just taken, a row
   * referred to that another has just removed.
   */
  private static final Set<String> COLLISIONS = Set.of("40P01", "40001", "23505", "23503");

  /**
   * Ended by the administrator, crashed, not up yet, too long idle in a transaction; read-only:
   * what was the primary is none any more, and its name leads elsewhere by and by.
   */
  private static final Set<String> LOST = Set.of("57P01", "57P02", "57P03", "25P03", "25006");

  static PostgresFault of(SQLException e) {
    String state = "";
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException fault && fault.getSQLState() != null) {
        state = fault.getSQLState();
        break;
      }
    }
    return new PostgresFault(state, e);
  }

  boolean losesConnection() {
    return state.startsWith("08") || LOST.contains(state);
  }

  boolean isCollision() {
    return COLLISIONS.contains(state);
  }

  /** Why there is no connection, in words. */
  String unreachable() {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException _ -> {
          return "its name is unknown";
        }
        case ConnectException it -> {
          return it.getMessage() != null && it.getMessage().contains("timed out")
              ? "it does not answer"
              : "it refused the connection";
        }
        case NoRouteToHostException _ -> {
          return "there is no way to it";
        }
        case SocketTimeoutException _ -> {
          return "it does not answer";
        }
        case SSLException _ -> {
          return "TLS with it failed";
        }
        default -> {}
      }
    }
    return "the connection was lost";
  }
}
