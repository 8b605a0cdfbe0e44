/**
 * What can be changed while the monitor runs: groups of settings with their defaults, kept in the
 * table {@code config}. Sees {@code health}, {@code field}, {@code fleet}, {@code event} and {@code
 * trace}. Face: {@link dev.pharos.settings.RuntimeSettings}.
 */
@NullMarked
package dev.pharos.settings;

import org.jspecify.annotations.NullMarked;
