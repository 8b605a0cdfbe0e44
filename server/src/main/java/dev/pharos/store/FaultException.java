package dev.pharos.store;

import java.sql.SQLException;

/** Carries a fault of the database through code that may not declare it. */
final class FaultException extends RuntimeException {
  FaultException(SQLException cause) {
    super(cause);
  }
}
