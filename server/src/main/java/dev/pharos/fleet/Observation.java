package dev.pharos.fleet;

import dev.pharos.trace.Finding;
import dev.pharos.trace.StageTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look saw, whether it succeeded or not.
 *
 * @param checkedAt when the look began
 * @param tookMicros the whole look, in microseconds; the stages add up to it
 * @param stages the stages that were reached, in their natural order
 * @param counts of the newest complete lists, also when this look did not read them
 * @param capabilities the lists read by this look; null when it read none, or only the tools and
 *     they had not changed
 * @param changed whether the lists differ from those of the session's last look; true for a first
 *     look
 * @param bytesRead body bytes after inflation
 * @param retryAfter how long the server asked us to stay away, when it did
 */
public record Observation(
    Instant checkedAt,
    long tookMicros,
    List<StageTime> stages,
    Facts facts,
    Counts counts,
    @Nullable Capabilities capabilities,
    boolean changed,
    long bytesRead,
    List<Finding> findings,
    @Nullable Duration retryAfter) {
  /** The same without the lists, which are much larger than all the rest. */
  public Observation withoutLists() {
    return new Observation(
        checkedAt,
        tookMicros,
        stages,
        facts,
        counts,
        null,
        changed,
        bytesRead,
        findings,
        retryAfter);
  }
}
