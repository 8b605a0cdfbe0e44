package dev.pharos.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals text with AES-256-GCM, bound to the place where it is kept: what was sealed for one place
 * opens at no other. Thread-safe.
 */
public final class SecretBox {
  private static final String FILE = "secret.key";
  private static final String VERSION = "v1.";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int MIN_PASSPHRASE = 12;

  /** What OWASP asks of PBKDF2 with HMAC-SHA-256; some tenths of a second, once at the start. */
  private static final int ROUNDS = 600_000;

  // One salt for all: several replicas must come to the same key without a file to share.
  private static final byte[] SALT = "pharos secret box 1".getBytes(StandardCharsets.UTF_8);

  private final SecretKey key;
  private final String origin;
  private final SecureRandom random = new SecureRandom();

  private SecretBox(byte[] key, String origin) {
    this.key = new SecretKeySpec(key, "AES");
    this.origin = origin;
  }

  /**
   * The box of a data folder: with the configured key when there is one, else with the one in the
   * folder's {@code secret.key}, made (for its owner's eyes only) when it is missing.
   *
   * @param configured the value of {@code PHAROS_SECRET_KEY}, or null
   * @throws StoreException when neither can be used
   */
  public static SecretBox open(Path dataFolder, @Nullable String configured) {
    return configured == null ? fromFile(dataFolder) : fromText(configured);
  }

  /** The same with the key that is there: none is made. */
  static SecretBox existing(Path dataFolder) {
    Path file = dataFolder.resolve(FILE);
    if (!Files.exists(file)) {
      throw new StoreException(
          "the key file "
              + file
              + " is missing: put it back, or give the key in PHAROS_SECRET_KEY");
    }
    return fromFile(dataFolder);
  }

  /** A key for another purpose: who has it learns nothing of the box's own. 32 bytes. */
  byte[] derive(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(("pharos " + purpose).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks what every JDK has", e);
    }
  }

  /** Seals a text for a place. */
  String seal(String text, String place) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, text.getBytes(StandardCharsets.UTF_8), place);
    byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
    return VERSION + Base64.getEncoder().encodeToString(all);
  }

  /** Whether a text was sealed, by whichever key. */
  static boolean isSealed(String text) {
    return text.startsWith(VERSION);
  }

  /** Opens what was sealed for that place. */
  String open(String sealed, String place) {
    if (!isSealed(sealed)) {
      throw cannotOpen(null);
    }
    try {
      byte[] all = Base64.getDecoder().decode(sealed.substring(VERSION.length()));
      byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
      byte[] rest = Arrays.copyOfRange(all, NONCE_BYTES, all.length);
      return new String(run(Cipher.DECRYPT_MODE, nonce, rest, place), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw cannotOpen(e);
    }
  }

  private byte[] run(int mode, byte[] nonce, byte[] bytes, String place) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw cannotOpen(e);
    }
  }

  private StoreException cannotOpen(@Nullable Exception cause) {
    return new StoreException(
        "the stored secrets were sealed with another key than that of "
            + origin
            + ": start Pharos with the key they were sealed with",
        cause);
  }

  private static SecretBox fromText(String text) {
    String origin = "PHAROS_SECRET_KEY";
    byte[] key = decode(text);
    if (key != null) {
      return new SecretBox(key, origin);
    }
    if (text.length() < MIN_PASSPHRASE) {
      throw new StoreException(
          "PHAROS_SECRET_KEY is too short: give 32 bytes in base64 (openssl rand -base64 32), or a"
              + " passphrase of at least "
              + MIN_PASSPHRASE
              + " characters");
    }
    PBEKeySpec spec = new PBEKeySpec(text.toCharArray(), SALT, ROUNDS, KEY_BYTES * 8);
    try {
      return new SecretBox(
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded(),
          origin);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks what every JDK has", e);
    } finally {
      spec.clearPassword();
    }
  }

  private static SecretBox fromFile(Path dataFolder) {
    DataFolder.create(dataFolder);
    Path file = dataFolder.resolve(FILE);
    try {
      byte[] key = decode(Files.exists(file) ? Files.readString(file) : created(file));
      if (key == null) {
        throw new StoreException("the key file " + file + " is damaged: put back a copy of it");
      }
      return new SecretBox(key, file.toString());
    } catch (IOException e) {
      throw new StoreException(
          "the key file " + file + " cannot be used: " + DataFolder.reason(e), e);
    }
  }

  private static String created(Path file) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    String text = Base64.getEncoder().encodeToString(key);
    try (FileChannel out =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            DataFolder.only(file, "rw-------"))) {
      out.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)));
      // Before anything is sealed with it: a key lost in a power cut would lose the secrets.
      out.force(true);
      return text;
    } catch (FileAlreadyExistsException e) {
      return Files.readString(file);
    } catch (IOException e) {
      // Half a key would be taken for a damaged one at the next start.
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** The key in base64, or null when the text is anything else. */
  private static byte @Nullable [] decode(String text) {
    try {
      byte[] key = Base64.getDecoder().decode(text.strip());
      return key.length == KEY_BYTES ? key : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
