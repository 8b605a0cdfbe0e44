/**
 * Composition: reads arguments, builds the graph with {@code new}; sees everything, is seen by
 * nobody.
 */
@NullMarked
package dev.pharos;

import org.jspecify.annotations.NullMarked;
