/**
 * Adds, changes and retires servers, imports and exports them; the port of their store. Sees {@code
 * definition}, {@code field}, {@code fleet}, {@code event} and {@code trace}. Face: {@link
 * dev.pharos.registry.Registry}.
 */
@NullMarked
package dev.pharos.registry;

import org.jspecify.annotations.NullMarked;
