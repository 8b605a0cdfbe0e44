package dev.pharos.definition;

import dev.pharos.field.Problem;
import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.ServerSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server's document came to.
 *
 * @param spec null when there are problems
 * @param status null when the document does not say
 * @param maintenance null when the document does not say
 * @param version the version that an edit is based on; null when the document does not say
 * @param problems in the order of the fields
 */
public record Reading(
    @Nullable ServerSpec spec,
    @Nullable AdminStatus status,
    @Nullable Boolean maintenance,
    @Nullable Long version,
    List<Problem> problems) {
  public Reading {
    problems = List.copyOf(problems);
  }
}
