/**
 * What was: log rows, spans, roll-ups and uptime; the port of their store. Sees {@code fleet} and
 * {@code trace}.
 */
@NullMarked
package dev.pharos.history;

import org.jspecify.annotations.NullMarked;
