/**
 * Reads what people write about servers: addresses, commands and the configuration files of MCP
 * clients. Sees {@code fleet}.
 */
@NullMarked
package dev.pharos.definition;

import org.jspecify.annotations.NullMarked;
