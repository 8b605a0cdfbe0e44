package dev.pharos.config;

import dev.pharos.field.Problem;
import java.util.List;

/** A configuration with which Pharos cannot start. */
public final class BadConfiguration extends Exception {
  private final transient List<Problem> problems;

  BadConfiguration(List<Problem> problems) {
    super(problems.getFirst().message(), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, at least one; a field is a key's path, a variable or a flag. */
  public List<Problem> problems() {
    return problems;
  }
}
