package dev.pharos.oauth;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads private keys in PEM (RFC 7468, PKCS #8). Its complaints never quote the key. */
final class PrivateKeyPem {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private PrivateKeyPem() {}

  static PrivateKey read(String pem) throws UnusableException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der(pem));
    PrivateKey ec = key("EC", spec);
    PrivateKey key = ec == null ? key("RSA", spec) : ec;
    if (key == null) {
      throw new UnusableException("the private key is neither an EC nor an RSA key", false);
    }
    return key;
  }

  private static @Nullable PrivateKey key(String algorithm, PKCS8EncodedKeySpec spec) {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(spec);
    } catch (InvalidKeySpecException e) {
      return null; // a key of another kind
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK lacks the key factory " + algorithm, e);
    }
  }

  private static byte[] der(String pem) throws UnusableException {
    // Environment variables often carry the line ends as the two characters \n.
    String text = pem.replace("\\r", "").replace("\\n", "\n");
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END, Math.max(begin, 0));
    if (begin < 0 || end < 0) {
      throw new UnusableException(complaint(text), false);
    }
    try {
      String base64 = text.substring(begin + BEGIN.length(), end).replaceAll("\\s", "");
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new UnusableException("the private key's PEM is damaged", false);
    }
  }

  private static String complaint(String text) {
    if (text.contains("ENCRYPTED")) {
      return "the private key is encrypted; give it without a passphrase";
    }
    if (text.contains("-----BEGIN EC PRIVATE") || text.contains("-----BEGIN RSA PRIVATE")) {
      return "the private key is not in the PKCS #8 form (openssl pkcs8 -topk8 -nocrypt makes it)";
    }
    return "the private key is no PEM of a PKCS #8 key";
  }
}
