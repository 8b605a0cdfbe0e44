package dev.pharos.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Certificates made in memory, once for each JVM: an authority of ours and what it signed. Each
 * constant can serve TLS; {@link #authorities()} is what a client must trust to accept the good
 * one.
 */
public enum TestCertificates {
  /** Good, for right-name.test, localhost, 127.0.0.1 and ::1. */
  VALID(-1, 365, true, "right-name.test,localhost"),
  /** Good a year ago; expired yesterday. */
  EXPIRED(-365, -1, true, "right-name.test,localhost"),
  /** Good from tomorrow on. */
  NOT_YET_VALID(1, 365, true, "right-name.test,localhost"),
  /** Signed by the authority, but for other.test only. */
  WRONG_NAME(-1, 365, true, "other.test"),
  /** The right name, signed with its own key. */
  SELF_SIGNED(-1, 365, false, "right-name.test,localhost"),
  /** Signed with its own key and expired yesterday; see {@link #authoritiesWith}. */
  SELF_SIGNED_EXPIRED(-365, -1, false, "right-name.test,localhost");

  private static final char[] PASSWORD = "test".toCharArray();
  private static final byte[] ECDSA = Der.sequence(Der.id(1, 2, 840, 10045, 4, 3, 2));
  private static final String AUTHORITY_NAME = "Pharos test authority";

  private final int fromDay;
  private final int toDay;
  private final boolean signed;
  private final String names;

  TestCertificates(int fromDay, int toDay, boolean signed, String names) {
    this.fromDay = fromDay;
    this.toDay = toDay;
    this.signed = signed;
    this.names = names;
  }

  private static final class Authority {
    static final KeyPair KEYS = newKeys();
    static final X509Certificate CERTIFICATE =
        sign(AUTHORITY_NAME, KEYS.getPublic(), -1000, 1000, true, List.of(), AUTHORITY_NAME, KEYS);
  }

  private record Made(KeyPair keys, X509Certificate certificate) {
    static final Map<TestCertificates, Made> ALL = new EnumMap<>(TestCertificates.class);

    static {
      for (TestCertificates each : values()) {
        KeyPair keys = newKeys();
        ALL.put(each, new Made(keys, each.make(keys)));
      }
    }
  }

  private Made made() {
    return Objects.requireNonNull(Made.ALL.get(this));
  }

  /** The certificate itself. */
  public X509Certificate certificate() {
    return made().certificate();
  }

  /** A TLS server with this certificate. */
  public SSLContext server() {
    try {
      PrivateKey key = made().keys().getPrivate();
      X509Certificate[] chain =
          signed
              ? new X509Certificate[] {certificate(), Authority.CERTIFICATE}
              : new X509Certificate[] {certificate()};
      KeyStore store = empty();
      store.setKeyEntry("server", key, PASSWORD, chain);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A trust store with our authority only. */
  public static KeyStore authorities() {
    return authoritiesWith();
  }

  /** A trust store with our authority and some certificates trusted by themselves. */
  public static KeyStore authoritiesWith(TestCertificates... more) {
    try {
      KeyStore store = empty();
      store.setCertificateEntry("authority", Authority.CERTIFICATE);
      for (TestCertificates each : more) {
        store.setCertificateEntry(each.name(), each.certificate());
      }
      return store;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, PASSWORD);
      return store;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private X509Certificate make(KeyPair keys) {
    List<String> all = List.of(names.split(","));
    return signed
        ? sign(
            all.getFirst(),
            keys.getPublic(),
            fromDay,
            toDay,
            false,
            all,
            AUTHORITY_NAME,
            Authority.KEYS)
        : sign(all.getFirst(), keys.getPublic(), fromDay, toDay, false, all, all.getFirst(), keys);
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** An X.509 version 3 certificate (RFC 5280 section 4.1). */
  private static X509Certificate sign(
      String subject,
      PublicKey key,
      int fromDay,
      int toDay,
      boolean authority,
      List<String> names,
      String issuer,
      KeyPair issuerKeys) {
    Instant now = Instant.now();
    byte[] body =
        Der.sequence(
            Der.tagged(0xa0, Der.integer(2)),
            Der.integer(now.toEpochMilli() * 1_000 + System.nanoTime() % 1_000),
            ECDSA,
            name(issuer),
            Der.sequence(
                Der.time(now.plus(Duration.ofDays(fromDay))),
                Der.time(now.plus(Duration.ofDays(toDay)))),
            name(subject),
            key.getEncoded(),
            Der.tagged(0xa3, authority ? authorityExtensions() : leafExtensions(names)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(issuerKeys.getPrivate());
      signature.update(body);
      byte[] whole = Der.sequence(body, ECDSA, Der.bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.id(2, 5, 4, 3), Der.text(commonName))));
  }

  private static byte[] authorityExtensions() {
    return Der.sequence(
        Der.sequence(Der.id(2, 5, 29, 19), Der.truth(), Der.octets(Der.sequence(Der.truth()))));
  }

  /** The names; with localhost come its addresses. */
  private static byte[] leafExtensions(List<String> names) {
    List<byte[]> all = new ArrayList<>();
    for (String name : names) {
      all.add(Der.ascii(0x82, name));
    }
    if (names.contains("localhost")) {
      all.add(Der.tagged(0x87, new byte[] {127, 0, 0, 1}));
      all.add(Der.tagged(0x87, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
    }
    byte[] alternative = Der.sequence(all.toArray(byte[][]::new));
    return Der.sequence(Der.sequence(Der.id(2, 5, 29, 17), Der.octets(alternative)));
  }
}
