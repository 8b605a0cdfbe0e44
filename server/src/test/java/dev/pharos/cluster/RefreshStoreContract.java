package dev.pharos.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cluster.RefreshStore.Begun;
import dev.pharos.cluster.RefreshStore.State;
import dev.pharos.cluster.RefreshStore.Told;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every store of looks at the whole fleet does. */
public abstract class RefreshStoreContract {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

  /** An empty one. */
  protected abstract RefreshStore store();

  @Test
  void one_that_begins_is_the_askers_and_who_asks_next_is_given_it() {
    RefreshStore store = store();
    Begun first = store.begin("a", 7, NOON);
    assertThat(first.fresh()).isTrue();
    assertThat(first.told()).isEqualTo(new Told(first.told().id(), "a", 7, 0, State.RUNNING, NOON));

    store.tell(first.told().id(), 3, State.RUNNING);

    Begun second = store.begin("b", 8, NOON.plusSeconds(1));
    assertThat(second.fresh()).isFalse();
    assertThat(second.told())
        .isEqualTo(new Told(first.told().id(), "a", 7, 3, State.RUNNING, NOON));
  }

  @Test
  void its_end_is_known_and_the_next_begins() {
    RefreshStore store = store();
    long id = store.begin("a", 7, NOON).told().id();
    assertThat(store.tell(id, 7, State.DONE)).isFalse();

    assertThat(store.find(id)).contains(new Told(id, "a", 7, 7, State.DONE, NOON));
    Begun next = store.begin("b", 8, NOON);
    assertThat(next.fresh()).isTrue();
    assertThat(next.told().id()).isGreaterThan(id);
    assertThat(store.find(id)).isPresent();
  }

  @Test
  void who_makes_it_hears_that_somebody_wants_it_stopped_and_the_next_need_not_wait() {
    RefreshStore store = store();
    long id = store.begin("a", 7, NOON).told().id();
    assertThat(store.tell(id, 1, State.RUNNING)).isFalse();

    store.stop(id);

    assertThat(store.begin("b", 7, NOON).fresh()).isTrue();
    assertThat(store.tell(id, 2, State.RUNNING)).isTrue();
    store.tell(id, 3, State.STOPPED);
    assertThat(store.find(id)).contains(new Told(id, "a", 7, 3, State.STOPPED, NOON));
  }

  @Test
  void what_is_not_known_is_not_told_of() {
    RefreshStore store = store();
    assertThat(store.find(4711)).isEmpty();
    assertThat(store.tell(4711, 1, State.RUNNING)).isFalse();
    store.stop(4711);
    assertThat(store.find(4711)).isEmpty();
  }
}
