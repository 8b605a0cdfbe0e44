package dev.pharos.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private final Patience patience = new Patience(0);

  @Test
  void each_failure_doubles_the_wait_up_to_five_minutes() {
    long now = 0;
    for (long seconds : new long[] {0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
      patience.failed("a", now);
      assertThat(patience.wait("a", now)).hasSeconds(seconds);
      now += seconds * SECOND;
      assertThat(patience.wait("a", now)).isZero();
    }
  }

  @Test
  void half_an_hour_without_a_failure_begins_anew() {
    for (int i = 0; i < 8; i++) {
      patience.failed("a", 0);
    }
    long later = Duration.ofMinutes(31).toNanos();
    patience.failed("a", later);

    assertThat(patience.wait("a", later)).isZero();
  }

  @Test
  void many_addresses_share_one_budget_that_refills_slowly() {
    patience.succeeded("friend");
    for (int i = 0; i < 60; i++) {
      assertThat(patience.wait("stranger " + i, 0)).isZero();
      patience.failed("stranger " + i, 0);
    }

    assertThat(patience.wait("another", 0)).hasSeconds(1);
    assertThat(patience.wait("another", SECOND)).isZero();
    assertThat(patience.wait("friend", 0)).isZero();
  }

  @Test
  void a_million_addresses_take_little_memory() {
    for (int i = 0; i < 1_000_000; i++) {
      patience.failed("address " + i, i * SECOND);
    }

    assertThat(patience.known()).isLessThanOrEqualTo(4096);
  }
}
