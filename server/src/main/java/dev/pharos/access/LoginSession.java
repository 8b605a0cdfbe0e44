package dev.pharos.access;

import java.time.Instant;

/**
 * A session as it is kept. Who reads it can use it for nothing: it holds hashes of what the browser
 * sends, and its seal is made with a key that is kept elsewhere.
 *
 * @param key the hash of its id
 * @param csrf the hash of its token
 * @param openedAt to the microsecond, as stores count
 * @param usedAt when it was last used, within some minutes
 * @param seal tells that a node with the right key wrote this, under which password
 */
public record LoginSession(String key, String csrf, Instant openedAt, Instant usedAt, String seal) {
  /** The same, used later. */
  public LoginSession usedAt(Instant at) {
    return new LoginSession(key, csrf, openedAt, at, seal);
  }

  @Override
  public String toString() {
    return "LoginSession[••••]";
  }
}
