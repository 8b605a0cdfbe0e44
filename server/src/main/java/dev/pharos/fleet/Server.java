package dev.pharos.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A registered server: what people decided about it. What was seen of it is a {@link HealthMemory}.
 *
 * @param managedBy the configuration file that owns the definition, or null when it may be edited
 * @param maintenance whether a person announced that it may be down
 * @param version grows with every edit; an edit of an older one is refused
 */
public record Server(
    ServerId id,
    ServerSpec spec,
    AdminStatus status,
    @Nullable String managedBy,
    boolean maintenance,
    Instant createdAt,
    Instant updatedAt,
    long version) {}
