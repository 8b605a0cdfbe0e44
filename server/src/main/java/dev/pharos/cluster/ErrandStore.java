package dev.pharos.cluster;

import dev.pharos.fleet.ServerId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Carries errands to whoever owns the server, and answers back. Thread-safe. Throws an unchecked
 * exception when the store cannot be reached.
 */
public interface ErrandStore {
  /** Asks; returns the errand's number. The owner is woken. */
  long ask(ServerId server, Errand.Kind kind);

  /**
   * Errands for servers that are the node's, oldest first; each is given once to each owner that
   * the server has until it is answered.
   */
  List<Errand> take(String node);

  /** Answers; whoever asked is woken. */
  void answer(long errand, String answer);

  /** The answers that are there by now, by number. */
  Map<Long, String> answers(Collection<Long> errands);

  /** Removes what was asked longer ago. */
  void forget(Duration age);
}
