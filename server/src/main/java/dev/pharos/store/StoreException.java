package dev.pharos.store;

import dev.pharos.fleet.Unavailable;
import org.jspecify.annotations.Nullable;

/**
 * The store cannot do what was asked. The message is one sentence for a person: no SQL, no values.
 */
public class StoreException extends Unavailable {
  public StoreException(String message) {
    this(message, null);
  }

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
