/**
 * The command line: arguments in, text or JSON out. Sees {@code probe}, {@code definition}, {@code
 * fleet} and {@code trace}.
 */
@NullMarked
package dev.pharos.cli;

import org.jspecify.annotations.NullMarked;
