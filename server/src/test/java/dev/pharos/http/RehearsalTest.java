package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of the list is built for nobody. */
class RehearsalTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "99, 0", "100, 6000", "2000, 6000", "3000, 6000", "16305, 6000"})
  void large_fleets_are_built_a_few_times_and_small_ones_not_at_all(int fleet, int built) {
    List<Integer> pieces = new ArrayList<>();
    Rehearsal rehearsal = new Rehearsal(5_000, (page, _) -> pieces.add(page.size()));
    // Only how many there are matters here.
    List<Standing> all = Collections.nCopies(fleet, RehearsalTest.<Standing>any());

    while (rehearsal.next(all, Instant.EPOCH)) {
      assertThat(pieces.getLast()).isBetween(1, 200);
    }

    assertThat(pieces.stream().mapToInt(each -> each).sum()).isEqualTo(built);
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T any() {
    return null;
  }
}
