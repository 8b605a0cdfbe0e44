package dev.pharos.registry;

import dev.pharos.field.Problem;
import java.util.List;

/** What was asked for cannot be done; nothing was changed. */
public final class Rejected extends RuntimeException {
  /** Why. */
  public enum Reason {
    /** What was given is wrong: the problems say where. */
    INVALID,
    /** There is no such server. */
    UNKNOWN,
    /** It was edited meanwhile. */
    STALE,
    /** A configuration file owns it. */
    LOCKED
  }

  private final Reason reason;
  private final transient List<Problem> problems;

  Rejected(Reason reason, List<Problem> problems) {
    super(problems.getFirst().message(), null, false, false);
    this.reason = reason;
    this.problems = List.copyOf(problems);
  }

  Rejected(Reason reason, String field, String message) {
    this(reason, List.of(new Problem(field, message)));
  }

  static Rejected unknown(String name) {
    return new Rejected(Reason.UNKNOWN, "name", "there is no such server: " + shown(name));
  }

  static Rejected stale(StaleVersion cause) {
    return new Rejected(
        Reason.STALE, "version", String.valueOf(cause.getMessage()) + ": read it again");
  }

  /** The name came from outside and may never have been one. */
  private static String shown(String name) {
    String printable = name.replaceAll("\\p{C}", "?");
    return printable.length() <= 128 ? printable : printable.substring(0, 128) + "…";
  }

  public Reason reason() {
    return reason;
  }

  /** All that is wrong, at least one, none with a value that was given but a name. */
  public List<Problem> problems() {
    return problems;
  }
}
