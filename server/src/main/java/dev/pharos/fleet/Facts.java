package dev.pharos.fleet;

import dev.pharos.trace.Certificate;
import dev.pharos.trace.Era;
import dev.pharos.trace.TransportKind;
import org.jspecify.annotations.Nullable;

/**
 * What changes seldom: how a server is spoken to and what it says of itself. One instance is shared
 * by all looks of a kept session. A component is null as long as it is not known.
 *
 * @param url where the server was found in the end, when that differs from the registered address
 * @param capabilitiesJson the advertised capabilities, as they came
 */
public record Facts(
    @Nullable TransportKind transport,
    @Nullable Era era,
    @Nullable String protocolVersion,
    @Nullable ServerInfo serverInfo,
    @Nullable String instructions,
    @Nullable String capabilitiesJson,
    @Nullable String url,
    @Nullable Certificate certificate) {
  public static final Facts NONE = new Facts(null, null, null, null, null, null, null, null);
}
