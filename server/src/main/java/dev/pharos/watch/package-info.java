/**
 * When to look: the due queue, the rhythm, bounds, watched connections, knocks, blindness; the port
 * {@code CheckStore}. Sees {@code fleet}, {@code probe}, {@code health}, {@code capability}, {@code
 * event} and {@code trace}.
 */
@NullMarked
package dev.pharos.watch;

import org.jspecify.annotations.NullMarked;
