package dev.pharos.fleet;

import dev.pharos.trace.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The moment between two spans.
 *
 * @param at never before the moment of the flip before; it may be the same one, which leaves a span
 *     without length
 * @param reason why the new span is not healthy, or null
 */
public record Flip(SpanState from, SpanState to, Instant at, @Nullable Failure reason) {}
