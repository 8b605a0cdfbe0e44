/**
 * Events: the port through which they are published, with its in-process default, and the port of
 * their journal. Sees {@code fleet}.
 */
@NullMarked
package dev.pharos.event;

import org.jspecify.annotations.NullMarked;
