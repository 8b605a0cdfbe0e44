/**
 * The nouns of a fleet: what a server is, how to reach it, what was seen of it. Records and sealed
 * types; sees {@code trace} and the JDK.
 */
@NullMarked
package dev.pharos.fleet;

import org.jspecify.annotations.NullMarked;
