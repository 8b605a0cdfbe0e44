/**
 * Our own HTTP server: the route table, REST, problem details, and the guard in front of all of it.
 * Sees the verbs' stores, {@code view}, {@code fleet} and {@code trace}; what else it asks of
 * Pharos stands here as ports. Face: {@link dev.pharos.http.Web}.
 */
@NullMarked
package dev.pharos.http;

import org.jspecify.annotations.NullMarked;
