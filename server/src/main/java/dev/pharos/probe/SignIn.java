package dev.pharos.probe;

import dev.pharos.mcp.Authorizer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How we identify ourselves to one server, and for how long that holds. */
interface SignIn extends Authorizer {
  /** When the token that is sent ends; null when none is, or nobody says. From any thread. */
  @Nullable Instant expiresAt();
}
