package dev.pharos.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Ids of sessions: 256 random bits, and a mark that tells that one of us made them. So an id that
 * somebody made up is refused without a question to the store. Thread-safe.
 */
final class Ids {
  private static final int RANDOM = 32;
  private static final int MARK = 16;

  private final SecureRandom random = new SecureRandom();
  private final Keyed keyed;

  Ids(Keyed keyed) {
    this.keyed = keyed;
  }

  /** A new id: 64 characters of base64url. */
  String fresh() {
    byte[] bytes = secret();
    byte[] all = Arrays.copyOf(bytes, RANDOM + MARK);
    System.arraycopy(mark(bytes), 0, all, RANDOM, MARK);
    return text(all);
  }

  /** A text that nobody can guess: 43 characters of base64url. */
  String token() {
    return text(secret());
  }

  /** Under what the session of an id is kept; null when we never made that id. */
  @Nullable String key(String id) {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(id);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (all.length != RANDOM + MARK) {
      return null;
    }
    byte[] mark = Arrays.copyOfRange(all, RANDOM, all.length);
    return MessageDigest.isEqual(mark, mark(Arrays.copyOf(all, RANDOM))) ? Keyed.hash(id) : null;
  }

  private byte[] mark(byte[] bytes) {
    return Arrays.copyOf(keyed.mark("id", HexFormat.of().formatHex(bytes)), MARK);
  }

  private byte[] secret() {
    byte[] bytes = new byte[RANDOM];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
