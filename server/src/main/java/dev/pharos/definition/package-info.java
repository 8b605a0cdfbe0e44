/**
 * Reads what people write about servers: addresses, commands and the configuration files of MCP
 * clients. Sees {@code fleet}. Faces: {@link dev.pharos.definition.ClientConfig} for files, {@link
 * dev.pharos.definition.TargetText} for what stands on a command line.
 */
@NullMarked
package dev.pharos.definition;

import org.jspecify.annotations.NullMarked;
