package dev.pharos.redis;

import dev.pharos.trace.Ticker;
import java.time.Duration;

/**
 * Keeps callers from waiting for what fails: after a failure nobody is let through for a while,
 * then one alone tries. Thread-safe: guarded by itself.
 */
final class Breaker {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Ticker ticker;
  private long wait;
  private long openUntil;
  private boolean trying;

  Breaker(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Whether the caller may go; then it must say how it went. */
  synchronized boolean admits() {
    if (wait == 0) {
      return true;
    }
    if (trying || ticker.nanos() - openUntil < 0) {
      return false;
    }
    trying = true;
    return true;
  }

  synchronized void worked() {
    wait = 0;
    trying = false;
  }

  synchronized void failed() {
    wait = wait == 0 ? FIRST.toNanos() : Math.min(wait * 2, LONGEST.toNanos());
    openUntil = ticker.nanos() + wait;
    trying = false;
  }
}
