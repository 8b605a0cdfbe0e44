/**
 * Many MCP servers in one thread, for tests and benchmarks: answers are rendered beforehand and
 * requests are read no further than needed, so that a measurement sees the client. It is no model
 * of a good server: what a client must survive is tested against listeners made for that.
 */
@NullMarked
package dev.pharos.testing.simulator;

import org.jspecify.annotations.NullMarked;
