/**
 * The stores of all ports on an embedded SQLite or PostgreSQL, and the way from one to the other:
 * SQL, the mapping of nouns to rows, sealed secrets, the rules of the data folder. Sees the
 * packages whose ports it serves, {@code fleet} and {@code trace}. The only package that knows a
 * database.
 */
@NullMarked
package dev.pharos.store;

import org.jspecify.annotations.NullMarked;
