package dev.pharos.demo;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A server that thinks for between 1.2 and 2.5 seconds about its tools, and about nothing else. */
final class SlowPace implements Pace {
  private static final int LEAST_MILLIS = 1_200;
  private static final int MOST_MILLIS = 2_500;
  private static final Set<String> HARD = Set.of("tools/list", "tools/call");

  private final Cue cue;
  private final RandomGenerator random;

  SlowPace(Cue cue, RandomGenerator random) {
    this.cue = cue;
    this.random = random;
  }

  @Override
  public void before(String method) throws InterruptedException {
    if (HARD.contains(method)) {
      CountDownLatch thought = new CountDownLatch(1);
      cue.later(Duration.ofMillis(pick()), thought::countDown);
      var _ = thought.await(2L * MOST_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized int pick() {
    return random.nextInt(LEAST_MILLIS, MOST_MILLIS);
  }
}
