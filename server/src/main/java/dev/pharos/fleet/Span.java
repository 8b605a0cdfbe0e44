package dev.pharos.fleet;

import dev.pharos.trace.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a server's time with one state.
 *
 * @param to exclusive; null while it lasts
 * @param reason why the state is not healthy, or null
 */
public record Span(SpanState state, Instant from, @Nullable Instant to, @Nullable Failure reason) {}
