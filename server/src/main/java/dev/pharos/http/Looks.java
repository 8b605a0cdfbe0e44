package dev.pharos.http;

import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.trace.Failure;
import dev.pharos.trace.StageTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks that people ask for. Thread-safe; a look blocks its caller until its own deadline at most.
 */
public interface Looks {
  /** A look with what was looked at. */
  record Looked(Target target, Outcome outcome) {}

  /**
   * A look at the whole fleet.
   *
   * @param total servers that it covers
   * @param done of them so far
   * @param state {@code running}, {@code done} or {@code stopped}
   */
  record Refresh(String id, int total, int done, String state, Instant startedAt) {}

  /**
   * What a tool answered.
   *
   * @param resultJson the result as it came, or null when there is none
   * @param isError whether the tool ran and failed
   * @param failure why there is no result, or null
   */
  record Called(
      @Nullable String resultJson, boolean isError, long tookMicros, @Nullable Failure failure) {}

  /**
   * Looks at a registered server now, ahead of the queue; all traces are left as by any look.
   * Returns the JSON of the result, as {@link dev.pharos.view.ResultView} gives it.
   */
  String check(String name);

  /** How far the look is that runs at a registered server now; empty when none runs. */
  List<StageTime> progress(String name);

  /** One fresh look at something that is not registered; saves nothing. */
  Looked look(Target target);

  /** Starts to look at all active servers; one that is running already is given again. */
  Refresh refresh();

  Optional<Refresh> refresh(String id);

  /** Stops a refresh: what has not begun does not begin. */
  Optional<Refresh> stopRefresh(String id);

  /**
   * Runs a tool.
   *
   * @param argumentsJson a JSON object
   */
  Called call(String name, String tool, String argumentsJson, String actor);
}
