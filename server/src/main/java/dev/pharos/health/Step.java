package dev.pharos.health;

import dev.pharos.fleet.Flip;
import dev.pharos.fleet.HealthMemory;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of something that happened.
 *
 * @param changes in the order in which they follow from one another
 * @param flip the end of the last span and the beginning of a new one, or null
 * @param nextDue when to look again, never before the step's now; null for not at all
 * @param knock whether to knock meanwhile: the server refused, and an accepted connection means
 *     look at once
 */
public record Step(
    HealthMemory memory,
    List<Change> changes,
    @Nullable Flip flip,
    @Nullable Instant nextDue,
    boolean knock) {
  public Step {
    changes = List.copyOf(changes);
  }
}
