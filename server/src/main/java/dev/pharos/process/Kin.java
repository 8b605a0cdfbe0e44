package dev.pharos.process;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything a child started: its descendants, those it was once seen to have, and whatever carries
 * its mark. Not thread-safe: used under the lock of the ending.
 */
final class Kin {
  private static final Duration KILL_ROUND = Duration.ofMillis(20);
  private static final int MAX_KILL_ROUNDS = 10;

  /** How long the kin may take to follow a child that left: servers under npx take some ms. */
  private static final List<Duration> SETTLING =
      List.of(
          Duration.ofMillis(10),
          Duration.ofMillis(20),
          Duration.ofMillis(40),
          Duration.ofMillis(80),
          Duration.ofMillis(150));

  private final ProcessHandle child;
  private final String mark;
  private final Instant since;
  private final Set<ProcessHandle> known = new HashSet<>();
  private boolean unsure;

  /**
   * @param mark the value of the variable that marks them
   */
  Kin(ProcessHandle child, String mark) {
    this.child = child;
    // A child that has already gone tells no start time any more: our own is early enough.
    this.since =
        child
            .info()
            .startInstant()
            .or(() -> ProcessHandle.current().info().startInstant())
            .map(start -> start.minusMillis(20)) // the system counts in hundredths of a second
            .orElse(Instant.EPOCH);
    this.mark = Environment.MARK + "=" + mark;
  }

  /** Those that run now, without the child itself. */
  Set<ProcessHandle> running() {
    known.addAll(child.descendants().toList());
    ProcessTable.Found found = ProcessTable.having(mark, since);
    unsure = found.unsure();
    known.addAll(found.processes());
    known.remove(child);
    known.removeIf(process -> !ProcessTable.runs(process));
    return Set.copyOf(known);
  }

  /**
   * Gives what outlived the child a moment to leave, then kills it.
   *
   * @return how many had to be killed
   */
  int killRest(Patience patience) {
    Set<ProcessHandle> killed = new HashSet<>();
    Set<ProcessHandle> rest = settled(patience);
    for (int round = 0; !rest.isEmpty() && round < MAX_KILL_ROUNDS; round++) {
      rest.forEach(ProcessHandle::destroyForcibly);
      killed.addAll(rest);
      patience.pause(KILL_ROUND);
      rest = running(); // again, for it may have started more while it was being killed
    }
    return killed.size();
  }

  private Set<ProcessHandle> settled(Patience patience) {
    Set<ProcessHandle> rest = running();
    for (Duration pause : SETTLING) {
      if (rest.isEmpty() && !unsure) {
        break;
      }
      patience.pause(pause);
      rest = running();
    }
    return rest;
  }
}
