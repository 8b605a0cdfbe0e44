/**
 * The command line: arguments in, text or JSON out. Sees {@code probe}, {@code definition}, {@code
 * fleet} and {@code trace}. Faces: {@link dev.pharos.cli.Cli}, its surroundings {@link
 * dev.pharos.cli.Shell}, its port {@link dev.pharos.cli.Looker}, and {@link
 * dev.pharos.cli.ResultView}, the JSON of one result.
 */
@NullMarked
package dev.pharos.cli;

import org.jspecify.annotations.NullMarked;
