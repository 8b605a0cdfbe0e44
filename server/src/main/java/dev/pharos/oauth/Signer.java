package dev.pharos.oauth;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import org.jspecify.annotations.Nullable;

/** Signs as JOSE wants it (RFC 7518 sections 3.3 and 3.4). Thread-safe. */
final class Signer {
  private static final int MIN_RSA_BITS = 2048;

  /** The order of the curve P-256: no other curve of the JDK has it. */
  private static final BigInteger P256_ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private final PrivateKey key;
  private final String algorithm;

  private Signer(PrivateKey key, String algorithm) {
    this.key = key;
    this.algorithm = algorithm;
  }

  /**
   * @param wanted {@code ES256}, {@code RS256}, or null for what the key can do
   * @throws UnusableException when the key cannot be read or does not fit
   */
  static Signer of(String pem, @Nullable String wanted) throws UnusableException {
    PrivateKey key = PrivateKeyPem.read(pem);
    String able = algorithm(key);
    if (wanted != null && !wanted.equals(able)) {
      throw new UnusableException(
          "the private key fits " + able + ", not " + Excerpt.of(wanted, 20), false);
    }
    return new Signer(key, able);
  }

  private static String algorithm(PrivateKey key) throws UnusableException {
    if (key instanceof ECPrivateKey ec && ec.getParams().getOrder().equals(P256_ORDER)) {
      return "ES256";
    }
    if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS) {
      return "RS256";
    }
    throw new UnusableException(
        "the private key is neither on the curve P-256 nor RSA of 2048 bits or more", false);
  }

  String algorithm() {
    return algorithm;
  }

  byte[] sign(byte[] message) {
    try {
      Signature signature =
          Signature.getInstance(
              algorithm.equals("ES256") ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot sign with " + algorithm, e);
    }
  }
}
