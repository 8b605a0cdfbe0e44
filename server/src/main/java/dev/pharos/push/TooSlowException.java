package dev.pharos.push;

import java.io.IOException;

/** A client did not take its frames in time. */
final class TooSlowException extends IOException {
  TooSlowException(String message) {
    super(message);
  }
}
