package dev.pharos.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of sessions does. */
public abstract class SessionStoreContract {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

  /** An empty one. */
  protected abstract SessionStore store();

  private static LoginSession session(String key, Instant usedAt) {
    return new LoginSession(key, "csrf of " + key, NOON, usedAt, "seal of " + key);
  }

  @Test
  void a_session_is_found_as_it_was_kept() {
    SessionStore store = store();
    LoginSession one = session("one", NOON);
    store.add(one);
    store.add(session("two", NOON));

    assertThat(store.find("one")).contains(one);
    assertThat(store.find("three")).isEmpty();
    store.add(one);
    assertThat(store.find("one")).contains(one);
  }

  @Test
  void the_latest_use_is_kept() {
    SessionStore store = store();
    store.add(session("one", NOON));
    Instant later = NOON.plusSeconds(600);

    store.used("one", later);
    store.used("one", later.minusSeconds(60));
    store.used("nobody", later);

    assertThat(store.find("one")).contains(session("one", later));
    assertThat(store.find("nobody")).isEmpty();
  }

  @Test
  void an_ended_session_is_gone_for_good() {
    SessionStore store = store();
    store.add(session("one", NOON));
    store.add(session("two", NOON));

    store.remove("one");
    store.remove("nobody");
    store.used("one", NOON.plusSeconds(1));

    assertThat(store.find("one")).isEmpty();
    assertThat(store.find("two")).isPresent();
  }

  @Test
  void all_but_some_are_ended() {
    SessionStore store = store();
    store.add(session("one", NOON));
    store.add(session("two", NOON));
    store.add(session("three", NOON));

    store.retain(each -> each.seal().equals("seal of two"));

    assertThat(store.find("one")).isEmpty();
    assertThat(store.find("two")).contains(session("two", NOON));
    assertThat(store.find("three")).isEmpty();
  }

  @Test
  void of_too_many_those_give_way_that_were_not_used_for_longest() {
    SessionStore store = store();
    IntStream.range(0, SessionStore.MOST)
        .forEach(i -> store.add(session("s" + i, NOON.plusSeconds(i))));
    store.used("s0", NOON.plus(Duration.ofHours(1)));

    store.add(session("last", NOON.plus(Duration.ofHours(2))));

    assertThat(store.find("s0")).isPresent();
    assertThat(store.find("s1")).isEmpty();
    assertThat(store.find("s2")).isPresent();
    assertThat(store.find("last")).isPresent();
  }
}
