package dev.pharos.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * The stopwatch of one look: exactly one stage runs at any time, so that the stages' times add up
 * to the whole. It belongs to the thread that looks; others may only read {@link #times}, which is
 * then as of a moment ago.
 */
@SuppressWarnings("EnumOrdinal") // an array by stage is the cheapest stopwatch
public final class StageClock {
  private static final Stage[] STAGES = Stage.values();

  private final Ticker ticker;
  private final long startedAt;
  private final long[] nanos = new long[STAGES.length];
  private int visited;
  private long enteredAt;

  /** Written last and read first: whoever sees a stage sees what led to it. */
  private volatile Stage current;

  /** Starts the watch in {@code first}. */
  public StageClock(Ticker ticker, Stage first) {
    this.ticker = ticker;
    this.startedAt = ticker.nanos();
    this.enteredAt = startedAt;
    this.visited = 1 << first.ordinal();
    this.current = first;
  }

  /** A second watch on the same ticker, starting now. */
  StageClock another(Stage first) {
    return new StageClock(ticker, first);
  }

  /**
   * Ends the running stage and starts {@code next}; entering the running stage again changes
   * nothing.
   */
  public void enter(Stage next) {
    if (next == current) {
      return;
    }
    long now = ticker.nanos();
    nanos[current.ordinal()] += now - enteredAt;
    enteredAt = now;
    visited |= 1 << next.ordinal();
    current = next;
  }

  /** The stage that runs now. */
  public Stage current() {
    return current;
  }

  /** Microseconds since the start. */
  public long totalMicros() {
    return (ticker.nanos() - startedAt) / 1_000;
  }

  /** The visited stages in their natural order, the running one counted up to now. */
  public List<StageTime> times() {
    Stage last = current;
    long running = Math.max(0, ticker.nanos() - enteredAt);
    List<StageTime> times = new ArrayList<>(Integer.bitCount(visited));
    for (Stage stage : STAGES) {
      if ((visited & (1 << stage.ordinal())) != 0) {
        long spent = nanos[stage.ordinal()] + (stage == last ? running : 0);
        times.add(new StageTime(stage, spent / 1_000));
      }
    }
    return List.copyOf(times);
  }
}
