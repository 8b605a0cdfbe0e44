package dev.pharos.watch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Works that are to end, side by side and for so long at most: what has not ended then goes on. */
record Endings(Pulse pulse) {
  void run(List<Runnable> works, Duration most) {
    CountDownLatch left = new CountDownLatch(works.size());
    for (Runnable work : works) {
      pulse.run(() -> {
        try {
          work.run();
        } finally {
          left.countDown();
        }
      });
    }
    await(left, most);
  }

  static void await(CountDownLatch latch, Duration most) {
    try {
      boolean _ = latch.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
