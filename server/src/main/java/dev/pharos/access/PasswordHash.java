package dev.pharos.access;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A password that can be recognised but not read: Argon2id (RFC 9106) with a salt of its own.
 * Hashing takes tens of milliseconds and 7 MiB on purpose. Immutable.
 */
public final class PasswordHash {
  /** Of the settings that OWASP holds equally strong, the one that needs the least memory. */
  private static final int KIBIBYTES = 7168;

  private static final int PASSES = 5;
  private static final int LANES = 1;
  private static final int BYTES = 32;
  private static final int SALT = 16;
  private static final int MIN_LENGTH = 8;
  private static final int MAX_LENGTH = 256;

  /** What a file says must not make us allocate at will: at most 256 MiB and 64 passes. */
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,5}),t=([1-9]|[1-5]\\d|6[0-4]),p=[1-4]"
              + "\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");

  private static final int MAX_KIBIBYTES = 256 * 1024;

  private final String text;

  private PasswordHash(String text) {
    this.text = text;
  }

  /** What is wrong with a password that is to be set, or null. */
  public static @Nullable String complaint(String password) {
    int length = password.codePointCount(0, password.length());
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      return "must have " + MIN_LENGTH + " to " + MAX_LENGTH + " characters";
    }
    return password.chars().anyMatch(c -> Character.isISOControl(c))
        ? "must not have control characters"
        : null;
  }

  /**
   * Hashes a password.
   *
   * @throws IllegalArgumentException when there is a complaint about it
   */
  public static PasswordHash of(String password) {
    byte[] salt = new byte[SALT];
    new SecureRandom().nextBytes(salt);
    return of(password, salt);
  }

  /**
   * The same with a salt that several nodes share, so that they come to the same hash.
   *
   * @param salt at least 16 bytes, of which the first 16 are taken; known to nobody else
   */
  public static PasswordHash of(String password, byte[] salt) {
    String complaint = complaint(password);
    if (complaint != null) {
      throw new IllegalArgumentException("the password " + complaint);
    }
    Argon2Function function =
        Argon2Function.getInstance(KIBIBYTES, PASSES, LANES, BYTES, Argon2.ID);
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    return new PasswordHash(function.hash(bytes, Arrays.copyOf(salt, SALT)).getResult());
  }

  /**
   * A hash as it was stored.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static PasswordHash parse(String text) {
    var form = FORM.matcher(text.strip());
    if (!form.matches() || Integer.parseInt(form.group(1)) > MAX_KIBIBYTES) {
      throw new IllegalArgumentException("this is no stored password");
    }
    return new PasswordHash(text.strip());
  }

  /** Whether this is the password. */
  boolean matches(String password) {
    return password.length() <= 2 * MAX_LENGTH
        && Argon2Function.getInstanceFromHash(text).check(password, text);
  }

  /** For the store. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return "PasswordHash[••••]";
  }
}
