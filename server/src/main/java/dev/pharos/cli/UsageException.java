package dev.pharos.cli;

/** The arguments cannot be followed; the message is one line that says what to write instead. */
final class UsageException extends Exception {
  private final String reason;

  UsageException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
