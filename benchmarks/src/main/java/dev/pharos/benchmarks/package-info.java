/**
 * What a check costs, measured against the simulator of the server's tests in a process of its own.
 * Never part of the product.
 */
@NullMarked
package dev.pharos.benchmarks;

import org.jspecify.annotations.NullMarked;
