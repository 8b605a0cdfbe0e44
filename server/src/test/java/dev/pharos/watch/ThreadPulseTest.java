package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.Ticker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadPulseTest {
  private final Pulse pulse = Pulse.threads(Ticker.system());

  @Test
  void a_beat_goes_on_though_a_call_fails_and_ends_when_it_is_closed() throws Exception {
    CountDownLatch thrice = new CountDownLatch(3);
    AtomicInteger calls = new AtomicInteger();
    try (Pulse.Beat _ =
        pulse.every(
            "test",
            Duration.ofMillis(5),
            () -> {
              calls.incrementAndGet();
              thrice.countDown();
              throw new IllegalStateException("a bug, planted by a test");
            })) {
      assertThat(thrice.await(20, TimeUnit.SECONDS)).isTrue();
    }
    int after = calls.get();
    CountDownLatch others = new CountDownLatch(5);
    try (Pulse.Beat _ = pulse.every("other", Duration.ofMillis(5), others::countDown)) {
      assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(calls.get()).as("at most the call that ran already").isLessThanOrEqualTo(after + 1);
  }

  @Test
  void tasks_run_beside_one_another() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Runnable meet =
        () -> {
          both.countDown();
          try {
            assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    pulse.run(meet);
    pulse.run(meet);

    assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closing_the_pulse_ends_all_beats() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    pulse.every("test", Duration.ofMillis(5), calls::incrementAndGet);
    pulse.close();
    int after = calls.get();
    Pulse other = Pulse.threads(Ticker.system());
    CountDownLatch others = new CountDownLatch(5);
    try (Pulse.Beat _ = other.every("other", Duration.ofMillis(5), others::countDown)) {
      assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(calls.get()).isLessThanOrEqualTo(after + 1);
  }
}
