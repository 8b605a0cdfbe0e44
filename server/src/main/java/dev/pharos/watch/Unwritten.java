package dev.pharos.watch;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A record on its way to the store. What it holds is immutable. */
final class Unwritten {
  private final CheckRecord record;
  private final FleetEvent.@Nullable Checked feed;
  private final @Nullable Runnable whenDone;

  /** Whether the world was told, or is being told; guarded by the {@link Tellings}. */
  private boolean told;

  private final AtomicBoolean done = new AtomicBoolean();

  /**
   * @param feed what the feed alone is told, or null
   * @param whenDone called once when it was written, or when it is known that this takes a while
   */
  Unwritten(CheckRecord record, FleetEvent.@Nullable Checked feed, @Nullable Runnable whenDone) {
    this.record = record;
    this.feed = feed;
    this.whenDone = whenDone;
  }

  CheckRecord record() {
    return record;
  }

  /** Whether it must not wait: something changed, or somebody waits for it. */
  boolean presses() {
    return whenDone != null || weighs();
  }

  /** Whether more than a line of the log would be lost with it. */
  boolean weighs() {
    return record.flip() != null || !record.events().isEmpty();
  }

  boolean told() {
    return told;
  }

  void told(boolean now) {
    told = now;
  }

  /** All its events, none of them stored. */
  List<StoredEvent> unstored() {
    return Stream.concat(record.events().stream(), feed())
        .map(event -> new StoredEvent(0, event))
        .toList();
  }

  Stream<FleetEvent> feed() {
    return Stream.ofNullable(feed);
  }

  /** It was written, or the world was told: whoever waits for it waits no more. */
  void done() {
    if (whenDone != null && done.compareAndSet(false, true)) {
      whenDone.run();
    }
  }
}
