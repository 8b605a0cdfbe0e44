package dev.pharos.http;

import dev.pharos.access.Access;
import dev.pharos.fleet.Unavailable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody who was let in may stay: while the session is open, or, of whom the password
 * came with the request or none was asked for, while the password is the same.
 *
 * @param session the id of the session, or null
 * @param samePassword since the visitor came
 */
record Visitor(Access access, @Nullable String session, BooleanSupplier samePassword)
    implements BooleanSupplier {
  /** A visitor who has just been let in, with what came in the request. */
  static Visitor of(Access access, @Nullable String authorization, @Nullable String cookie) {
    boolean bySession = access.guarded() && authorization == null;
    return new Visitor(access, bySession ? cookie : null, access.unchanged());
  }

  @Override
  public boolean getAsBoolean() {
    try {
      return session == null ? samePassword.getAsBoolean() : access.isOpen(session);
    } catch (Unavailable e) {
      // Who listens is not sent away because the store is.
      return true;
    }
  }

  /** Whether a request comes from inside; not when that cannot be known now. */
  static boolean inside(Access access, @Nullable String cookie) {
    try {
      return !access.guarded() || (cookie != null && access.isOpen(cookie));
    } catch (Unavailable e) {
      return false;
    }
  }
}
