package dev.pharos.store;

import java.sql.Connection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.ArgumentFactory;

/** Binds values as a dialect has them: moments, and texts that somebody else wrote. */
record Values(ArgumentFactory moments, ArgumentFactory texts) {
  static Values of(Dialect dialect) {
    return new Values(
        (_, value, _) ->
            value instanceof Moment moment
                ? Optional.of(
                    (at, statement, _) -> dialect.setMoment(statement, at, moment.micros()))
                : Optional.empty(),
        (_, value, _) ->
            value instanceof String text
                ? Optional.of((at, statement, _) -> dialect.setText(statement, at, text))
                : Optional.empty());
  }

  /** A handle for a connection that somebody else closes. */
  Handle open(Connection connection) {
    return in(Jdbi.create(connection)).open();
  }

  Jdbi in(Jdbi jdbi) {
    return jdbi.registerArgument(moments).registerArgument(texts);
  }
}
