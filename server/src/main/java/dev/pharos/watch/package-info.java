/**
 * When to look: the due queue, the rhythm, bounds, watched connections, knocks, blindness; the
 * ports {@code CheckStore}, {@code Eye}, {@code Knocker} and {@code Pulse}. Sees {@code fleet},
 * {@code probe}, {@code health}, {@code capability}, {@code event} and {@code trace}.
 */
@NullMarked
package dev.pharos.watch;

import org.jspecify.annotations.NullMarked;
