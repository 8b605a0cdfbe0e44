package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.testing.StdioServer;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process that ends by itself is seen to be down before it is started again. */
class DepartureTest {
  private final AtomicLong ahead = new AtomicLong();
  private final Ticker system = Ticker.system();
  private final Prober prober =
      new Prober(ProbeSettings.DEFAULT, InstantSource.system(), () -> system.nanos() + ahead.get());

  @AfterEach
  void close() {
    prober.close();
  }

  @Test
  void the_look_that_its_end_calls_for_and_the_next_see_it_down_and_a_later_one_starts_it()
      throws InterruptedException {
    try (KeptSession session = prober.keep(process())) {
      assertThat(session.look(Depth.ALL, WireTap.none())).isInstanceOf(Outcome.Passed.class);
      CountDownLatch heard = new CountDownLatch(1);
      assertThat(session.watch(new Ending(heard))).isTrue();
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();

      down(session.look(Depth.ALL, WireTap.none()));
      ahead.addAndGet(Duration.ofMillis(250).toNanos());
      down(session.look(Depth.ALL, WireTap.none()));
      assertThat(prober.counts().childrenStarted()).isEqualTo(1);

      ahead.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThat(session.look(Depth.ALL, WireTap.none())).isInstanceOf(Outcome.Passed.class);
      assertThat(prober.counts().childrenStarted()).isEqualTo(2);
    }
  }

  @Test
  void an_end_that_nobody_looked_at_for_long_is_news_all_the_same() throws InterruptedException {
    try (KeptSession session = prober.keep(process())) {
      session.look(Depth.ALL, WireTap.none());
      CountDownLatch heard = new CountDownLatch(1);
      assertThat(session.watch(new Ending(heard))).isTrue();
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
      ahead.addAndGet(Duration.ofMinutes(5).toNanos());

      down(session.renew(Depth.ALL, WireTap.none()));
    }
  }

  private static void down(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.reason().kind()).isEqualTo(FailureKind.PROCESS_EXIT);
              assertThat(failed.reason().message()).contains("killed by SIGKILL");
            });
  }

  private record Ending(CountDownLatch heard) implements WatchListener {
    @Override
    public void ended(String detail) {
      heard.countDown();
    }

    @Override
    public void idleEnded(String detail) {}

    @Override
    public void listChanged(String list) {}
  }

  private static Target process() {
    return new Target(
        "leaver",
        new Transport.Stdio(StdioServer.command(), Map.of(), null),
        new Credentials.None(),
        Map.of(),
        Expectation.TOOLS,
        Duration.ofSeconds(20));
  }
}
