package dev.pharos;

import static dev.pharos.HeapBound.LITTLE;
import static dev.pharos.HeapBound.threshold;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapBoundTest {
  private static final long MEBI = 1 << 20;

  @Test
  void collects_again_when_half_of_what_lives_has_come_on_top() {
    assertThat(threshold(100 * MEBI, 472 * MEBI)).isEqualTo(150 * MEBI + LITTLE);
  }

  @Test
  void a_small_heap_is_not_collected_for_a_trifle() {
    assertThat(threshold(2 * MEBI, 472 * MEBI)).isEqualTo(3 * MEBI + LITTLE);
  }

  @Test
  void a_heap_that_is_nearly_full_is_left_to_the_collector() {
    assertThat(threshold(300 * MEBI, 472 * MEBI)).isZero();
    assertThat(threshold(300 * MEBI, -1)).isEqualTo(450 * MEBI + LITTLE);
  }
}
