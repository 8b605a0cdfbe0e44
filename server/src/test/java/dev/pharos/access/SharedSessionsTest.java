package dev.pharos.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sessions of two nodes over one store, which can be away. */
class SharedSessionsTest {
  private static final byte[] SALT = new byte[16];
  private static final PasswordHash HASH = PasswordHash.of("correct horse", SALT);
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final byte[] KEY = "a key that both nodes have".getBytes(StandardCharsets.UTF_8);

  private final AtomicLong nanos = new AtomicLong();
  private final InstantSource clock = () -> Instant.EPOCH.plusNanos(nanos.get());
  private final Store store = new Store();
  private final Access a = node(HASH, KEY);
  private final Access b = node(HASH, KEY);

  private Access node(PasswordHash password, byte[] key) {
    return Access.shared(password, store, key, clock, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void who_logs_in_at_one_node_is_in_at_the_other_and_after_a_restart() {
    Session session = a.open();

    assertThat(b.isOpen(session.id())).isTrue();
    assertThat(b.isFromSession(session.id(), session.csrfToken())).isTrue();
    assertThat(b.isFromSession(session.id(), "another")).isFalse();
    assertThat(node(HASH, KEY).isOpen(session.id())).isTrue();
  }

  @Test
  void who_logs_out_at_one_node_is_out_at_the_other_seconds_later() {
    Session session = a.open();
    assertThat(b.isOpen(session.id())).isTrue();

    b.close(session.id());

    assertThat(b.isOpen(session.id())).isFalse();
    pass(Duration.ofSeconds(3));
    assertThat(a.isOpen(session.id())).isFalse();
  }

  @Test
  void not_each_request_asks_the_store_and_few_write() {
    Session session = a.open();
    for (int request = 0; request < 1_000; request++) {
      assertThat(b.isOpen(session.id())).isTrue();
    }
    assertThat(store.finds).isEqualTo(1);

    for (int second = 0; second < 3_600; second++) {
      pass(Duration.ofSeconds(1));
      assertThat(b.isOpen(session.id())).isTrue();
    }
    assertThat(store.finds).isLessThanOrEqualTo(1_201);
    assertThat(store.uses).isBetween(10, 12);
  }

  @Test
  void what_is_used_at_one_node_does_not_end_at_the_other() {
    Session session = a.open();
    for (int hour = 0; hour < 24; hour++) {
      assertThat(b.isOpen(session.id())).isTrue();
      pass(Duration.ofHours(1));
    }
    assertThat(a.isOpen(session.id())).isTrue();
    pass(Duration.ofHours(12).plusMinutes(6));
    assertThat(a.isOpen(session.id())).isFalse();
    assertThat(b.isOpen(session.id())).isFalse();
  }

  @Test
  void ids_that_somebody_made_up_never_reach_the_store() {
    for (String id : new String[] {"", "x", "ÿ", "A".repeat(64), made(48), made(32), made(4_000)}) {
      assertThat(a.isOpen(id)).isFalse();
      a.close(id);
    }
    assertThat(store.finds).isZero();
    assertThat(store.removals).isZero();
  }

  private static String made(int bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[bytes]);
  }

  @Test
  void the_store_holds_nothing_that_a_browser_could_send() {
    Session session = a.open();

    assertThat(store.last.toString()).isEqualTo("LoginSession[••••]");
    assertThat(store.last.key()).doesNotContain(session.id());
    assertThat(store.last.csrf()).doesNotContain(session.csrfToken());
    assertThat(a.isOpen(store.last.key())).isFalse();
  }

  @Test
  void a_row_that_was_written_without_the_key_opens_nothing() {
    Session session = a.open();
    LoginSession row = store.last;
    pass(Duration.ofDays(7).plusMillis(1));
    LoginSession longer =
        new LoginSession(row.key(), row.csrf(), clock.instant(), clock.instant(), row.seal());
    store.inner.remove(row.key());
    store.inner.add(longer);

    assertThat(b.isOpen(session.id())).isFalse();
  }

  @Test
  void nodes_with_another_key_or_password_do_not_know_each_others_sessions() {
    Session session = a.open();
    Access stranger = node(HASH, new byte[32]);
    Access older = node(PasswordHash.of("another one", SALT), KEY);

    assertThat(stranger.isOpen(session.id())).isFalse();
    assertThat(older.isOpen(session.id())).isFalse();
    assertThat(a.isOpen(session.id())).isTrue();
  }

  @Test
  void another_password_ends_all_sessions_even_when_the_first_comes_back() {
    Session session = a.open();
    PasswordHash other = PasswordHash.of("another one", SALT);

    b.change(other);
    a.change(other);
    assertThat(a.isOpen(session.id())).isFalse();

    a.change(HASH);
    assertThat(a.isOpen(session.id())).isFalse();
    assertThat(node(HASH, KEY).isOpen(session.id())).isFalse();
  }

  @Test
  void a_new_password_that_one_node_has_not_heard_of_opens_its_sessions_there_too() {
    PasswordHash other = PasswordHash.of("another one", SALT);
    Session old = a.open();
    assertThat(a.isOpen(old.id())).isTrue();
    AtomicInteger looks = new AtomicInteger();
    a.follow(() -> {
      looks.incrementAndGet();
      a.change(other);
    });
    b.change(other);
    Session fresh = b.open();

    assertThat(a.isOpen("made up")).isFalse();
    assertThat(looks).hasValue(0);
    assertThat(a.isOpen(fresh.id())).isTrue();
    assertThat(a.isFromSession(fresh.id(), fresh.csrfToken())).isTrue();
    assertThat(a.isOpen(old.id())).isFalse();
    assertThat(looks).hasValue(1);
  }

  @Test
  void a_new_password_that_a_node_has_not_heard_of_is_right_there_too() {
    a.follow(() -> a.change(PasswordHash.of("another one", SALT)));

    assertThat(a.verify("a wrong one", HERE)).isEqualTo(new Verdict.Denied());
    assertThat(a.verify("another one", HERE)).isEqualTo(new Verdict.Granted());
    assertThat(a.verify("correct horse", HERE)).isEqualTo(new Verdict.Denied());
  }

  @Test
  void a_store_of_passwords_that_does_not_answer_keeps_no_right_one_out() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    a.follow(() -> {
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    List<Thread> guessers =
        Stream.generate(() -> Thread.ofVirtual().start(() -> a.verify("wrong", HERE)))
            .limit(3)
            .toList();
    asked.await();

    assertThat(a.verify("correct horse", HERE)).isEqualTo(new Verdict.Granted());
    answer.countDown();
    for (Thread each : guessers) {
      each.join();
    }
  }

  @Test
  void who_comes_with_wrong_passwords_or_sessions_makes_few_questions() {
    AtomicInteger looks = new AtomicInteger();
    Access older = node(PasswordHash.of("another one", SALT), KEY);
    older.follow(looks::incrementAndGet);
    Session session = a.open();

    for (int request = 0; request < 100; request++) {
      assertThat(older.isOpen(session.id())).isFalse();
      pass(Duration.ofMillis(100));
    }
    assertThat(looks.get()).isBetween(5, 11);
  }

  @Test
  void while_the_store_is_away_who_is_known_stays_in_until_the_session_is_over() {
    Session session = a.open();
    assertThat(b.isOpen(session.id())).isTrue();
    store.away = true;

    for (int hour = 0; hour < 30; hour++) {
      pass(Duration.ofHours(1));
      assertThat(b.isOpen(session.id())).isTrue();
    }
    pass(Duration.ofHours(12).plusMinutes(6));
    assertThat(b.isOpen(session.id())).isFalse();
    Access fresh = node(HASH, KEY);
    assertThatThrownBy(() -> fresh.isOpen(session.id())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void no_request_but_the_first_waits_for_a_store_that_is_away() {
    Session session = a.open();
    store.away = true;
    pass(Duration.ofSeconds(4));
    for (int request = 0; request < 100; request++) {
      assertThat(a.isOpen(session.id())).isTrue();
      pass(Duration.ofMinutes(1));
    }
    assertThat(store.finds).isOne();
    assertThat(store.uses).isZero();

    store.away = false;
    assertThat(a.isOpen(session.id())).isTrue();
    assertThat(store.finds).isOne();
    b.close(session.id());
    a.tend();
    assertThat(a.isOpen(session.id())).isFalse();
  }

  @Test
  void a_login_while_the_store_is_away_holds_here_and_later_everywhere() {
    store.away = true;
    Session session = a.open();
    Session ended = a.open();
    pass(Duration.ofMinutes(1));
    a.tend();
    assertThat(a.isOpen(session.id())).isTrue();
    a.close(ended.id());

    store.away = false;
    a.tend();
    assertThat(a.isOpen(session.id())).isTrue();
    assertThat(b.isOpen(session.id())).isTrue();
    assertThat(b.isOpen(ended.id())).isFalse();
  }

  @Test
  void a_logout_while_the_store_is_away_holds_here_and_soon_everywhere() {
    Session session = a.open();
    store.away = true;
    a.close(session.id());
    assertThat(a.isOpen(session.id())).isFalse();
    a.tend();

    store.away = false;
    assertThat(a.isOpen(session.id())).isFalse();
    assertThat(b.isOpen(session.id())).isTrue();
    a.tend();
    pass(Duration.ofSeconds(3));
    assertThat(b.isOpen(session.id())).isFalse();
    int removals = store.removals;
    a.tend();
    assertThat(store.removals).isEqualTo(removals);
  }

  /** Counts what it is asked, and fails while it is away. */
  private static final class Store implements SessionStore {
    final MemorySessions inner = new MemorySessions();
    LoginSession last = new LoginSession("", "", Instant.EPOCH, Instant.EPOCH, "");
    boolean away;
    int finds;
    int uses;
    int removals;

    private void reach() {
      if (away) {
        throw new IllegalStateException("away");
      }
    }

    @Override
    public void add(LoginSession session) {
      reach();
      last = session;
      inner.add(session);
    }

    @Override
    public Optional<LoginSession> find(String key) {
      finds++;
      reach();
      return inner.find(key);
    }

    @Override
    public void used(String key, Instant at) {
      reach();
      uses++;
      inner.used(key, at);
    }

    @Override
    public void remove(String key) {
      removals++;
      reach();
      inner.remove(key);
    }

    @Override
    public void retain(Predicate<LoginSession> which) {
      reach();
      inner.retain(which);
    }
  }
}
