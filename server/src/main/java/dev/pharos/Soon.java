package dev.pharos;

import dev.pharos.watch.Pulse;
import java.util.concurrent.atomic.AtomicBoolean;

/** Has something done soon, on another thread; calls that come close together share one. */
final class Soon {
  private final Pulse pulse;
  private final Runnable task;
  private final AtomicBoolean called = new AtomicBoolean();

  Soon(Pulse pulse, Runnable task) {
    this.pulse = pulse;
    this.task = task;
  }

  void call() {
    if (called.compareAndSet(false, true)) {
      pulse.run(() -> {
        called.set(false);
        task.run();
      });
    }
  }
}
