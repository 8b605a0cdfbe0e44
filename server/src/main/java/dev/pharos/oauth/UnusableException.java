package dev.pharos.oauth;

/** Why an address or a document cannot be used: for the search that asked; never leaves it. */
final class UnusableException extends Exception {
  private final boolean absent;

  /**
   * @param why the rest of a sentence, fit to be shown
   * @param absent whether this looks as if there never was such a document
   */
  UnusableException(String why, boolean absent) {
    super(why, null, false, false);
    this.absent = absent;
  }

  UnusableException(String why, Throwable cause) {
    super(why, cause, false, false);
    this.absent = false;
  }

  boolean absent() {
    return absent;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
