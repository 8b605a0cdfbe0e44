/**
 * Several monitors that share one fleet: which nodes live, which server is looked at by which of
 * them, and what one asks another to do. The store is the only coordinator; its clock is the only
 * one by which nodes are called dead. Sees {@code fleet} and {@code trace}.
 */
@NullMarked
package dev.pharos.cluster;

import org.jspecify.annotations.NullMarked;
