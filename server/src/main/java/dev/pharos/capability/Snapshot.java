package dev.pharos.capability;

import dev.pharos.fleet.Capabilities;
import java.time.Instant;

/**
 * A server's lists as they were first seen like this.
 *
 * @param hash of the lists' canonical content (hex SHA-256): equal content, equal hash
 */
public record Snapshot(String hash, Instant seenAt, Capabilities capabilities) {}
