package dev.pharos.http;

import java.util.List;

/** What was sent can be read but not used: all that is wrong with it. Nothing was changed. */
public final class InvalidInput extends RuntimeException {
  private final transient List<FieldError> errors;

  public InvalidInput(List<FieldError> errors) {
    super("the input has mistakes: " + errors.size(), null, false, false);
    this.errors = List.copyOf(errors);
  }

  public List<FieldError> errors() {
    return errors;
  }
}
