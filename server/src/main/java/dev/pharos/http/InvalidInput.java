package dev.pharos.http;

import dev.pharos.field.Problem;
import java.util.List;

/** What was sent can be read but not used: all that is wrong with it. Nothing was changed. */
final class InvalidInput extends RuntimeException {
  private final transient List<Problem> errors;

  InvalidInput(List<Problem> errors) {
    super("the input has mistakes: " + errors.size(), null, false, false);
    this.errors = List.copyOf(errors);
  }

  List<Problem> errors() {
    return errors;
  }
}
