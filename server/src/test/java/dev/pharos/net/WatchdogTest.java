package dev.pharos.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.Deadline;
import dev.pharos.trace.Ticker;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class WatchdogTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);
  private final Ticker ticker = nanos::get;

  @Test
  void a_guard_fires_when_its_deadline_passes_and_not_before() {
    try (Watchdog watchdog = new Watchdog(ticker)) {
      Socket early = new Socket();
      Socket late = new Socket();
      Guard first = new Guard(early);
      Guard second = new Guard(late);
      watchdog.arm(second, in(10));
      watchdog.arm(first, in(5));
      nanos.addAndGet(Duration.ofSeconds(6).toNanos());
      Awaitility.await().until(early::isClosed);
      assertThat(first.fired()).isTrue();
      assertThat(second.fired()).isFalse();
      assertThat(late.isClosed()).isFalse();
      nanos.addAndGet(Duration.ofSeconds(5).toNanos());
      Awaitility.await().until(late::isClosed);
    }
  }

  @Test
  void a_disarmed_guard_never_fires() {
    try (Watchdog watchdog = new Watchdog(ticker)) {
      Guard spared = new Guard(new Socket());
      Guard last = new Guard(new Socket());
      watchdog.arm(spared, in(1));
      watchdog.disarm(spared);
      watchdog.disarm(spared);
      watchdog.arm(last, in(2));
      nanos.addAndGet(Duration.ofSeconds(3).toNanos());
      Awaitility.await().until(last::fired);
      assertThat(spared.fired()).isFalse();
    }
  }

  @Test
  void many_guards_come_and_go() {
    try (Watchdog watchdog = new Watchdog(Ticker.system())) {
      Deadline far = Deadline.after(Duration.ofHours(1), Ticker.system());
      List<Guard> guards = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        Guard guard = new Guard(new Socket());
        watchdog.arm(guard, far);
        guards.add(guard);
        if (i % 2 == 0) {
          watchdog.disarm(guards.get(i / 2));
        }
      }
      Guard soon = new Guard(new Socket());
      watchdog.arm(soon, Deadline.after(Duration.ofMillis(50), Ticker.system()));
      Awaitility.await().until(soon::fired);
      assertThat(guards).noneMatch(Guard::fired);
    }
  }

  @Test
  void a_closed_watchdog_has_no_thread_and_guards_nothing() {
    Watchdog watchdog = new Watchdog(ticker);
    Guard before = new Guard(new Socket());
    watchdog.arm(before, in(1));
    watchdog.close();
    Guard after = new Guard(new Socket());
    watchdog.arm(after, in(1));
    watchdog.disarm(after);
    assertThat(before.fired()).isFalse();
    assertThat(after.linked()).isFalse();
  }

  private Deadline in(int seconds) {
    return Deadline.after(Duration.ofSeconds(seconds), ticker);
  }
}
