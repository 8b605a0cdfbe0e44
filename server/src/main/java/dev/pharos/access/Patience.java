package dev.pharos.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Slows down whoever guesses. The first few failures of an address are free; then each doubles the
 * time for which nothing of it is looked at. Over all addresses a budget of failures refills
 * slowly, so that many addresses gain little; it does not bind addresses that knew the password
 * before. Memory is bounded. Not thread-safe: guarded by its owner.
 */
final class Patience {
  private static final int FREE = 5;
  private static final long FIRST_WAIT = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_WAIT = Duration.ofMinutes(5).toNanos();

  /** After so long without a failure an address begins anew. */
  private static final long FORGET = Duration.ofMinutes(30).toNanos();

  private static final int MAX_ADDRESSES = 4096;
  private static final int MAX_FRIENDS = 256;

  /** Of all addresses together, each failure costs as much as a second brings back. */
  private static final long COST = Duration.ofSeconds(1).toNanos();

  private static final long BUDGET = 60 * COST;

  private record Guesser(int failures, long lastAt, long openAt) {}

  private final Map<String, Guesser> guessers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Guesser> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  /** Addresses from which the password came before: strangers must not lock them out. */
  private final Set<String> friends = new LinkedHashSet<>();

  private long budget = BUDGET;
  private long filledAt;

  Patience(long now) {
    this.filledAt = now;
  }

  /** How long an address has to wait before it may try; zero when it need not. */
  Duration wait(String address, long now) {
    refill(now);
    Guesser guesser = guessers.get(address);
    long own = guesser == null ? 0 : Math.max(0, guesser.openAt - now);
    long common = friends.contains(address) ? 0 : Math.max(0, COST - budget);
    return Duration.ofNanos(Math.max(own, common));
  }

  void failed(String address, long now) {
    refill(now);
    budget = Math.max(0, budget - COST);
    Guesser before = guessers.get(address);
    int failures = before == null || now - before.lastAt > FORGET ? 1 : before.failures + 1;
    guessers.put(address, new Guesser(failures, now, now + waitAfter(failures)));
  }

  void succeeded(String address) {
    guessers.remove(address);
    friends.remove(address);
    friends.add(address);
    if (friends.size() > MAX_FRIENDS) {
      friends.remove(friends.iterator().next());
    }
  }

  /** How many addresses are remembered. */
  int known() {
    return guessers.size();
  }

  private static long waitAfter(int failures) {
    if (failures < FREE) {
      return 0;
    }
    int doublings = Math.min(failures - FREE, 20);
    return Math.min(LONGEST_WAIT, FIRST_WAIT << doublings);
  }

  private void refill(long now) {
    budget = Math.min(BUDGET, budget + (now - filledAt));
    filledAt = now;
  }
}
