/**
 * Reads and writes what people say about servers: addresses, commands, documents of JSON and YAML,
 * and the configuration files of MCP clients. Sees {@code fleet}, {@code field}, {@code net} (for
 * its judgement of addresses) and {@code trace}. Faces: {@link
 * dev.pharos.definition.ServerDocument} for one server, {@link dev.pharos.definition.FleetFile} for
 * many, {@link dev.pharos.definition.ClientConfig} for a client's file, {@link
 * dev.pharos.definition.TargetText} for what stands on a command line.
 */
@NullMarked
package dev.pharos.definition;

import org.jspecify.annotations.NullMarked;
