package dev.pharos.testing;

import dev.pharos.testing.Trap.Way;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a {@link FaultProxy} does to pieces of bytes now. Guarded by its lock. */
final class FaultGate {
  /** What becomes of a piece. */
  enum Fate {
    PASS,
    /** Pass it on; the answer to it is the end of the connection. */
    PASS_AND_LOSE_ANSWER,
    CUT
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean paused;
  private Duration delay = Duration.ZERO;
  private @Nullable Trap trap;
  private long bytes;

  void pause() {
    lock.lock();
    try {
      paused = true;
    } finally {
      lock.unlock();
    }
  }

  void delay(Duration each) {
    lock.lock();
    try {
      delay = each;
    } finally {
      lock.unlock();
    }
  }

  void set(Trap next) {
    lock.lock();
    try {
      trap = next;
      bytes = 0;
    } finally {
      lock.unlock();
    }
  }

  boolean sprung() {
    lock.lock();
    try {
      return trap == null;
    } finally {
      lock.unlock();
    }
  }

  void pass() {
    lock.lock();
    try {
      paused = false;
      delay = Duration.ZERO;
      trap = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits as long as bytes are held back, and says what becomes of a piece. */
  Fate admit(Way way, byte[] piece, int length) throws InterruptedException {
    lock.lock();
    try {
      long nanos = delay.toNanos();
      while (nanos > 0 && !delay.isZero()) {
        nanos = changed.awaitNanos(nanos);
      }
      while (paused) {
        changed.await();
      }
      Fate fate = fate(way, piece, length);
      if (fate != Fate.PASS) {
        trap = null;
      }
      return fate;
    } finally {
      lock.unlock();
    }
  }

  private Fate fate(Way way, byte[] piece, int length) {
    return switch (trap) {
      case null -> Fate.PASS;
      case Trap.AfterBytes it -> {
        bytes += it.way() == way ? length : 0;
        yield bytes >= it.bytes() ? Fate.CUT : Fate.PASS;
      }
      case Trap.Instead it ->
          it.way() == way && it.piece().test(Trap.text(piece, length)) ? Fate.CUT : Fate.PASS;
      case Trap.AnswerLost it ->
          way == Way.TO_SERVER && it.piece().test(Trap.text(piece, length))
              ? Fate.PASS_AND_LOSE_ANSWER
              : Fate.PASS;
    };
  }
}
