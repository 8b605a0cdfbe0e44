/**
 * What servers offer, and how that changed: snapshots, differences, and the ports of their store
 * and cache. Sees {@code fleet} and {@code trace}.
 */
@NullMarked
package dev.pharos.capability;

import org.jspecify.annotations.NullMarked;
