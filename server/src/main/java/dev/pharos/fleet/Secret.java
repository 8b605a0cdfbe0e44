package dev.pharos.fleet;

/** A value that must not be shown: it prints as dots. Immutable. */
public final class Secret {
  private static final String DOTS = "••••";

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The value itself: for the wire and for masking, never for an answer, a log or an event. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return DOTS;
  }
}
