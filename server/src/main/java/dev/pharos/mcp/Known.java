package dev.pharos.mcp;

import dev.pharos.trace.Era;
import dev.pharos.trace.TransportKind;
import org.jspecify.annotations.Nullable;

/**
 * What is known of how a server speaks, so that it need not be found out again; null where nothing
 * is.
 *
 * @param pinned whether a person said so: then nothing else is tried
 */
public record Known(@Nullable Era era, @Nullable TransportKind transport, boolean pinned) {
  public static final Known NOTHING = new Known(null, null, false);
}
