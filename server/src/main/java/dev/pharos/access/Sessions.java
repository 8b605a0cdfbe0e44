package dev.pharos.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Open sessions, in memory: a restart ends them. Ids are 256 random bits and kept only as hashes,
 * so that looking one up takes the same time however near a guess is. At most 1,000; the one that
 * was not used for longest gives way. Thread-safe.
 */
final class Sessions {
  static final Duration IDLE = Duration.ofHours(12);
  static final Duration LONGEST = Duration.ofDays(7);
  private static final int MAX = 1000;
  private static final int BYTES = 32;

  private static final class Opened {
    final byte[] csrf;
    final long openedAt;
    long usedAt;

    Opened(byte[] csrf, long now) {
      this.csrf = csrf;
      this.openedAt = now;
      this.usedAt = now;
    }
  }

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Opened> open =
      new LinkedHashMap<String, Opened>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Opened> eldest) {
          return size() > MAX;
        }
      };

  synchronized Session open(long now) {
    String id = fresh();
    String csrf = fresh();
    open.put(key(id), new Opened(hash(csrf), now));
    return new Session(id, csrf, LONGEST);
  }

  /** Whether a session is open; counts as a use of it. */
  synchronized boolean use(String id, long now) {
    Opened entry = find(id, now);
    if (entry != null) {
      entry.usedAt = now;
    }
    return entry != null;
  }

  /** Whether a token is that of an open session. */
  synchronized boolean matches(String id, String csrf, long now) {
    Opened entry = find(id, now);
    return entry != null && MessageDigest.isEqual(entry.csrf, hash(csrf));
  }

  synchronized void close(String id) {
    open.remove(key(id));
  }

  synchronized void closeAll() {
    open.clear();
  }

  private @Nullable Opened find(String id, long now) {
    Opened entry = open.get(key(id));
    if (entry != null
        && (now - entry.usedAt > IDLE.toNanos() || now - entry.openedAt > LONGEST.toNanos())) {
      open.remove(key(id));
      return null;
    }
    return entry;
  }

  private String fresh() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String key(String id) {
    return HexFormat.of().formatHex(hash(id));
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }
}
