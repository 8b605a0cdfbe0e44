package dev.pharos.fleet;

import dev.pharos.trace.Certificate;
import dev.pharos.trace.Era;
import dev.pharos.trace.TransportKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What changes seldom: how a server is spoken to and what it says of itself. One instance is shared
 * by all looks of a kept session. A component is null as long as it is not known.
 *
 * @param url where the server was found in the end, when that differs from the registered address
 * @param capabilitiesJson the advertised capabilities, as they came
 * @param tokenExpiresAt when the token that we sign in with ends, as far as its giver or it says
 */
public record Facts(
    @Nullable TransportKind transport,
    @Nullable Era era,
    @Nullable String protocolVersion,
    @Nullable ServerInfo serverInfo,
    @Nullable String instructions,
    @Nullable String capabilitiesJson,
    @Nullable String url,
    @Nullable Certificate certificate,
    @Nullable Instant tokenExpiresAt) {
  public static final Facts NONE = new Facts(null, null, null, null, null, null, null, null, null);

  /**
   * What is known after a look that was not answered: what it came to see (the certificate of a
   * refused chain), and the rest as it was before. Of the token the look itself knows best: one
   * that it does not have is not in use any more.
   */
  public Facts after(Facts before) {
    return new Facts(
        or(transport, before.transport),
        or(era, before.era),
        or(protocolVersion, before.protocolVersion),
        or(serverInfo, before.serverInfo),
        or(instructions, before.instructions),
        or(capabilitiesJson, before.capabilitiesJson),
        or(url, before.url),
        or(certificate, before.certificate),
        tokenExpiresAt);
  }

  private static <T> @Nullable T or(@Nullable T now, @Nullable T before) {
    return now == null ? before : now;
  }
}
