/**
 * The command line: arguments in, text or JSON out. Sees {@code probe}, {@code definition}, {@code
 * view}, {@code fleet} and {@code trace}. Faces: {@link dev.pharos.cli.Cli}, its surroundings
 * {@link dev.pharos.cli.Shell}, and its port {@link dev.pharos.cli.Looker}.
 */
@NullMarked
package dev.pharos.cli;

import org.jspecify.annotations.NullMarked;
