package dev.pharos.field;

/** A text that cannot be read at all. */
public final class UnreadableException extends Exception {
  private final String reason;

  UnreadableException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** One line for a person, without anything of the text. */
  public String reason() {
    return reason;
  }
}
