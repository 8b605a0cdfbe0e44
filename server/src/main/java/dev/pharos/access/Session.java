package dev.pharos.access;

import java.time.Duration;

/**
 * A session that was just opened: both values are told once and kept only as hashes.
 *
 * @param id for the cookie, which must be HttpOnly and SameSite; 64 characters of base64url
 * @param csrfToken to be sent in a header with each request that changes something
 * @param maxAge how long the session lasts at most
 */
public record Session(String id, String csrfToken, Duration maxAge) {
  @Override
  public String toString() {
    return "Session[••••]";
  }
}
