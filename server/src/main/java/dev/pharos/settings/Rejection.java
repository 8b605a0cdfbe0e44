package dev.pharos.settings;

import dev.pharos.field.Problem;
import java.util.List;

/** Settings that cannot be taken; nothing was changed. */
public final class Rejection extends RuntimeException {
  private final transient List<Problem> problems;

  Rejection(List<Problem> problems) {
    super(problems.getFirst().message(), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, at least one, none with a value that was given. */
  public List<Problem> problems() {
    return problems;
  }
}
