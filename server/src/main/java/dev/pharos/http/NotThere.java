package dev.pharos.http;

/** What a request names does not exist. */
public final class NotThere extends RuntimeException {
  /**
   * @param message one line for a person
   */
  public NotThere(String message) {
    super(message, null, false, false);
  }
}
