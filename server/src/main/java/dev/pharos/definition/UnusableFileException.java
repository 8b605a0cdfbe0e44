package dev.pharos.definition;

/** A file that cannot be used at all; never leaves the package. */
final class UnusableFileException extends Exception {
  private final String reason;

  UnusableFileException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** One line for a person. */
  String reason() {
    return reason;
  }
}
