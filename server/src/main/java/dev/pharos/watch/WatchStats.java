package dev.pharos.watch;

import dev.pharos.trace.Stage;
import java.util.Map;

/**
 * What the watch does and has done since its start.
 *
 * @param inFlight looks that run now
 * @param waiting looks that are due and wait for room
 * @param held streams and processes that are held now
 * @param knocking servers that are knocked for
 * @param failed looks by the stage at which they failed
 * @param sightsOpened servers that were begun to be looked at; each keeps at most one session
 * @param sightsClosed of these, how many were given up
 * @param endsHeard held streams and processes whose end was heard
 * @param backlog records that are not written yet
 * @param dropped records that were given up, since the store did not take them
 * @param readings servers whose newest lists are not stored yet
 */
public record WatchStats(
    int servers,
    int inFlight,
    int waiting,
    int held,
    int knocking,
    long passed,
    long impaired,
    long inconclusive,
    Map<Stage, Long> failed,
    long sightsOpened,
    long sightsClosed,
    long endsHeard,
    int backlog,
    long dropped,
    int readings,
    Lateness lateness,
    boolean late,
    boolean blind,
    boolean storeFailing) {
  public WatchStats {
    failed = Map.copyOf(failed);
  }

  /** How late the newest looks were begun, in microseconds. */
  public record Lateness(long p50, long p99, long max) {}
}
