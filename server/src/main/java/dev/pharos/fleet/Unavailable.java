package dev.pharos.fleet;

import org.jspecify.annotations.Nullable;

/**
 * Something that is needed is away for now; the same call may succeed later. The message is one
 * sentence for a person, without secrets.
 */
public class Unavailable extends RuntimeException {
  public Unavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
