package dev.pharos.event;

import dev.pharos.fleet.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The journal of all events but the feed-only ones. Thread-safe. */
public interface EventJournal {
  /**
   * What to read.
   *
   * @param server only this server's events, or null for all
   * @param type only events of this public type, or null for all
   */
  record Filter(@Nullable String server, @Nullable String type) {
    public static final Filter ALL = new Filter(null, null);
  }

  /**
   * Events after the cursor, oldest first, at most {@code limit} (1 to 1,000). No later one is ever
   * skipped.
   */
  List<StoredEvent> after(long cursor, Filter filter, int limit);

  /** Events before the cursor, newest first; {@code Long.MAX_VALUE} for the newest of all. */
  List<StoredEvent> before(long cursor, Filter filter, int limit);

  /** The newest event's id, or 0. */
  long newest();

  /** The oldest event's id that is still there, or 0: a cursor before it is too old. */
  long oldest();
}
