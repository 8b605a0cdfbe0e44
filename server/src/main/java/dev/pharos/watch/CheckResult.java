package dev.pharos.watch;

import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Standing;

/**
 * What a look that somebody asked for came to.
 *
 * @param after the server's standing with this look folded in
 */
public record CheckResult(Outcome outcome, Standing after) {}
