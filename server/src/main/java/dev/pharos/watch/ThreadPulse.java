package dev.pharos.watch;

import dev.pharos.trace.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pulse of the real program. */
final class ThreadPulse implements Pulse {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadPulse.class);

  private final Ticker ticker;
  private final Set<ThreadBeat> beats = ConcurrentHashMap.newKeySet();
  private final ThreadFactory tasks = Thread.ofVirtual().name("pharos-watch-", 0).factory();

  ThreadPulse(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public Beat every(String name, Duration period, Runnable task) {
    ThreadBeat beat = new ThreadBeat(period.toNanos(), task);
    beats.add(beat);
    Thread.ofPlatform().daemon().name("pharos-" + name).start(beat::loop);
    return beat;
  }

  @Override
  public void run(Runnable task) {
    tasks.newThread(() -> guarded(task)).start();
  }

  @Override
  public void close() {
    beats.forEach(ThreadBeat::close);
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.atError().setCause(e).log("A task of the watch failed; please report it");
    }
  }

  /** One beat; guarded by its lock. */
  private final class ThreadBeat implements Beat {
    private final long period;
    private final Runnable task;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopped = lock.newCondition();
    private boolean stop;

    ThreadBeat(long period, Runnable task) {
      this.period = period;
      this.task = task;
    }

    void loop() {
      long next = ticker.nanos() + period;
      while (goesOnAt(next)) {
        guarded(task);
        // After a delay: once at once, and not once for each beat that was missed.
        next = Math.max(next + period, ticker.nanos());
      }
    }

    private boolean goesOnAt(long moment) {
      lock.lock();
      try {
        long left = moment - ticker.nanos();
        while (!stop && left > 0) {
          stopped.awaitNanos(left);
          left = moment - ticker.nanos();
        }
        return !stop;
      } catch (InterruptedException e) {
        return false; // nobody interrupts it but to end it
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      beats.remove(this);
      lock.lock();
      try {
        stop = true;
        stopped.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
