package dev.pharos.access;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Marks that only who has the key can make: HMAC with SHA-256. Immutable. */
final class Keyed {
  private static final int BYTES = 32;

  private final SecretKeySpec key;

  Keyed(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** With a key that ends with this process. */
  static Keyed random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return new Keyed(key);
  }

  /**
   * The mark of some texts, in their order; each with its length, so that none runs into the next.
   */
  byte[] mark(String... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      all.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      all.writeBytes(bytes);
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(all.toByteArray());
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError("every JVM has HmacSHA256", e);
    }
  }

  /** The hash of a text, without any key, in hexadecimal digits. */
  static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }

  /** Whether two texts are the same; takes as long however early they differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
