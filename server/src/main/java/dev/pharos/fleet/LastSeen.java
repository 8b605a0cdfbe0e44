package dev.pharos.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest of what was seen of a server, as its row shows it.
 *
 * @param responseMicros of the last look, or null
 * @param lastCheckAt when the last look began, or null
 * @param nextCheckAt when the next one is due, or null for none
 */
public record LastSeen(
    Facts facts,
    Counts counts,
    @Nullable Long responseMicros,
    @Nullable Instant lastCheckAt,
    @Nullable Instant nextCheckAt) {
  /** Nothing was seen yet. */
  public static final LastSeen NOTHING = new LastSeen(Facts.NONE, Counts.UNKNOWN, null, null, null);
}
