package dev.pharos.cluster;

import dev.pharos.fleet.ServerId;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at one server, and how new its definition is.
 *
 * @param owner the node, or null
 */
public record Holding(ServerId server, @Nullable String owner, long version) {}
