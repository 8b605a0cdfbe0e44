package dev.pharos.history;

import dev.pharos.fleet.Health;
import dev.pharos.trace.Failure;
import dev.pharos.trace.StageTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One look as the log keeps it.
 *
 * @param health the server's health after the look
 * @param verdict what the look alone spoke for
 * @param cause why it was made
 */
public record LogRow(
    Instant checkedAt,
    Health health,
    Health verdict,
    @Nullable Long responseMicros,
    List<StageTime> stages,
    @Nullable Failure reason,
    @Nullable Integer toolCount,
    String cause) {
  public LogRow {
    stages = List.copyOf(stages);
  }
}
