package dev.pharos.fleet;

/** What a definition says of a server's protocol era. */
public enum EraChoice {
  /** The stateless era first, then the session era; the finding is remembered. */
  AUTO,
  /** Only the handshake of revisions 2024-11-05 to 2025-11-25. */
  SESSION,
  /** Only revision 2026-07-28. */
  STATELESS
}
