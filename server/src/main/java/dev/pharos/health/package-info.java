/**
 * A pure fold: health so far and what happened, to health now, its changes and the next due time.
 * No clock, no I/O. Sees {@code fleet} and {@code trace}.
 */
@NullMarked
package dev.pharos.health;

import org.jspecify.annotations.NullMarked;
