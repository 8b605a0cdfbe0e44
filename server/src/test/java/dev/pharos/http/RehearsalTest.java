package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of the list is built for nobody. */
class RehearsalTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "99, 0", "100, 6000", "2000, 6000", "3000, 6000", "16305, 6000"})
  void large_fleets_are_built_a_few_times_and_small_ones_not_at_all(int fleet, int built) {
    List<Integer> pieces = new ArrayList<>();
    Rehearsal rehearsal = new Rehearsal(5_000, (page, _) -> pieces.add(page.size()), () -> false);
    // Only how many there are matters here.
    List<Standing> all = Collections.nCopies(fleet, RehearsalTest.<Standing>any());

    while (rehearsal.next(() -> all, Instant.EPOCH)) {
      assertThat(pieces.getLast()).isBetween(1, 200);
    }

    assertThat(pieces.stream().mapToInt(each -> each).sum()).isEqualTo(built);
  }

  @Test
  void nothing_is_built_for_nobody_while_somebody_is_served() {
    List<Integer> pieces = new ArrayList<>();
    AtomicBoolean served = new AtomicBoolean(true);
    Rehearsal rehearsal = new Rehearsal(5_000, (page, _) -> pieces.add(page.size()), served::get);
    List<Standing> all = Collections.nCopies(100, RehearsalTest.<Standing>any());

    assertThat(rehearsal.next(() -> all, Instant.EPOCH)).as("it goes on later").isTrue();
    assertThat(pieces).isEmpty();
    served.set(false);
    assertThat(rehearsal.next(() -> all, Instant.EPOCH)).isTrue();
    assertThat(pieces).containsExactly(100);
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T any() {
    return null;
  }
}
