/**
 * Sockets we resolve, connect and wrap in TLS ourselves, and HTTP/1.1 over them: with a time for
 * each stage, a bound on everything and one deadline over all of it. Knows no MCP; sees {@code
 * trace}.
 */
@NullMarked
package dev.pharos.net;

import org.jspecify.annotations.NullMarked;
