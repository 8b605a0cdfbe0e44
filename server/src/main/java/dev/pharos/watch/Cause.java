package dev.pharos.watch;

import java.util.Locale;

/** Why a look is made. */
enum Cause {
  SCHEDULED,
  /** A first failure is looked at again. */
  CONFIRM,
  RELOAD,
  CREATED,
  EDITED,
  ENABLED,
  /** A held stream or process ended, or told of a change. */
  WATCH,
  KNOCK,
  /** To see whether our own network works, or again after it did not. */
  RECOVERY;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name in the log. */
  String wire() {
    return wire;
  }
}
