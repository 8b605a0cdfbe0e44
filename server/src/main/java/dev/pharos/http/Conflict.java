package dev.pharos.http;

/** A request that makes no sense in the present state, or that a rule forbids. */
public final class Conflict extends RuntimeException {
  private final String code;

  /**
   * @param code a public name in lower case, for example {@code managed_by_file}
   * @param message one line for a person
   */
  public Conflict(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
