package dev.pharos.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for one client. */
class OutboxTest {
  private static final Wanted ALL = new Wanted(Set.of(), Set.of());
  private static final int BOUND = 4;

  private final Tally tally = new Tally();
  private final Outbox outbox = new Outbox(BOUND, tally);

  @BeforeEach
  void the_client_has_caught_up() {
    assertThat(outbox.live(0)).isTrue();
  }

  private void offer(long id, FleetEvent event) {
    outbox.offer(List.of(Message.of(new StoredEvent(id, event))), ALL);
  }

  private void journaled(long id) {
    offer(id, Happened.changed("alpha"));
  }

  private List<String> all() throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (Message next = take(); next != null; next = take()) {
      all.add(next.id() + " " + next.server());
    }
    return all;
  }

  private @Nullable Message take() throws InterruptedException {
    return outbox.take(Duration.ZERO);
  }

  @Test
  void a_newer_look_replaces_the_one_that_waits() throws Exception {
    for (int i = 1; i <= 1_000; i++) {
      offer(0, Happened.checked("alpha", i));
      offer(0, Happened.checked("beta", i));
    }

    Message alpha = Objects.requireNonNull(take());
    assertThat(alpha.json()).contains("\"response_time_ms\":1.0");
    assertThat(all()).containsExactly("0 beta");
    assertThat(tally.counts().coalesced()).isEqualTo(1_998);
  }

  @Test
  void the_order_of_time_is_kept() throws Exception {
    offer(0, Happened.checked("alpha", 1));
    journaled(1);
    offer(0, Happened.checked("alpha", 2));
    journaled(2);

    assertThat(all()).containsExactly("1 alpha", "0 alpha", "2 alpha");
  }

  @Test
  void what_is_too_much_is_left_to_the_journal_and_nothing_is_kept() throws Exception {
    offer(0, Happened.checked("beta", 1));
    for (int i = 1; i <= BOUND; i++) {
      journaled(i);
    }
    assertThat(outbox.behind()).isFalse();
    for (int i = BOUND + 1; i <= 10_000; i++) {
      journaled(i);
    }

    assertThat(outbox.behind()).isTrue();
    assertThat(take()).isNull();
    assertThat(tally.counts().overflows()).isEqualTo(1);
    assertThat(outbox.live(9_999)).isFalse();
    assertThat(outbox.live(10_000)).isTrue();
    assertThat(all()).containsExactly("0 beta");
  }

  @Test
  void room_that_was_made_is_used_again() throws Exception {
    for (int i = 1; i <= 100; i++) {
      journaled(i);
      assertThat(all()).hasSize(1);
    }
    assertThat(tally.counts().overflows()).isZero();
  }

  @Test
  void at_the_end_nothing_waits_any_more() throws Exception {
    journaled(1);
    outbox.end();
    journaled(2);

    assertThat(outbox.ended()).isTrue();
    assertThat(outbox.take(Duration.ofMinutes(5))).isNull();
  }
}
