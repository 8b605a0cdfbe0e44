package dev.pharos.trace;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Carries a failure from the depth of a look to its one place of translation; never leaves {@code
 * probe}. It has no stack trace: what a remote server does to us is data, and a fleet that is down
 * must stay cheap.
 */
public final class FailureException extends Exception {
  private final FailureKind kind;
  private final String detail;
  private final transient @Nullable Duration retryAfter;

  public FailureException(FailureKind kind, String detail) {
    this(kind, detail, null, null);
  }

  public FailureException(FailureKind kind, String detail, @Nullable Throwable cause) {
    this(kind, detail, cause, null);
  }

  /**
   * @param retryAfter how long the server asked us to stay away, when it did
   */
  public FailureException(
      FailureKind kind, String detail, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(detail, cause, false, false);
    this.kind = kind;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  public FailureKind kind() {
    return kind;
  }

  /** The sentence for a person. */
  public String detail() {
    return detail;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** The failure as a value: at the kind's own stage, or at the stage that was running. */
  public Failure at(Stage running) {
    Stage own = kind.stage();
    return new Failure(own == null ? running : own, kind, detail);
  }
}
