/**
 * Adds, changes and retires servers; the port of their store. Sees {@code fleet}, {@code event} and
 * {@code trace}.
 */
@NullMarked
package dev.pharos.registry;

import org.jspecify.annotations.NullMarked;
