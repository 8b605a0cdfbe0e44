package dev.pharos.store;

import java.lang.reflect.Type;
import java.sql.Connection;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jspecify.annotations.Nullable;

/** Binds values as a dialect has them: moments, and texts that somebody else wrote. */
record Values(ArgumentFactory moments, ArgumentFactory texts) {
  static Values of(Dialect dialect) {
    return new Values(
        (_, value, _) ->
            value instanceof Moment moment
                ? Optional.of(
                    (at, statement, _) -> dialect.setMoment(statement, at, moment.micros()))
                : Optional.empty(),
        new Texts(dialect));
  }

  /** One that can be prepared: the library prefers its own to any other for texts. */
  private record Texts(Dialect dialect) implements ArgumentFactory.Preparable {
    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
      return type == String.class ? Optional.of(value -> text((String) value)) : Optional.empty();
    }

    private Argument text(@Nullable String text) {
      return (at, statement, _) -> dialect.setText(statement, at, text);
    }
  }

  /** A handle for a connection that somebody else closes. */
  Handle open(Connection connection) {
    return in(Jdbi.create(connection)).open();
  }

  Jdbi in(Jdbi jdbi) {
    return jdbi.registerArgument(moments).registerArgument(texts);
  }
}
