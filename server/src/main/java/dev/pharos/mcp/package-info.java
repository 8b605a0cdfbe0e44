/**
 * Speaks MCP in all its revisions over HTTP and stdio: messages, eras, handshake, lists, calls.
 * Knows no fleet; sees {@code net}, {@code process} and {@code trace}.
 */
@NullMarked
package dev.pharos.mcp;

import org.jspecify.annotations.NullMarked;
