package dev.pharos.mcp;

import dev.pharos.net.IdleListener;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import dev.pharos.trace.TransportKind;
import org.jspecify.annotations.Nullable;

/** An open way to a server. One look uses it at a time. */
interface Link {
  TransportKind transport();

  /** Where the server was found, for a person; null for a process. */
  @Nullable String url();

  /**
   * Sends a request and waits for its answer.
   *
   * @return null when the call was answered, or how HTTP refused it
   * @throws FailureException when no answer came
   */
  @Nullable Refused send(Call<?> call, Look look) throws FailureException;

  /** Sends a notification; returns how HTTP refused it, or null. */
  @Nullable Refused tell(String method, byte[] message, Look look) throws FailureException;

  /**
   * From now on the conversation is under this revision, in the session era when {@code session}.
   */
  void agree(String revision, boolean session);

  /** The server's session id, or null. */
  @Nullable String sessionId();

  /** Whether the link still stands as far as it can be told without asking. */
  boolean alive();

  /** How the server's process ended by itself, or null while it runs and where there is none. */
  default @Nullable FailureException departure() {
    return null;
  }

  /**
   * Holds something whose end tells of the server's end.
   *
   * @param listen the {@code subscriptions/listen} request of the stateless era, or null
   * @return null when the server offers nothing to hold
   */
  @Nullable Hold hold(@Nullable Call<Boolean> listen, HoldListener listener, Look look);

  /**
   * Has ends of the kept connection told while it is idle; does nothing where there is none.
   *
   * @param listener null to have them told no more
   */
  default void heed(@Nullable IdleListener listener) {}

  /** Ends the session politely and gives everything back. Never throws. */
  void end(Look look);
}
