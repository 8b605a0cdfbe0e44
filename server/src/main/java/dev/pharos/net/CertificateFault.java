package dev.pharos.net;

import static dev.pharos.trace.FailureKind.TLS_EXPIRED;
import static dev.pharos.trace.FailureKind.TLS_HOSTNAME;
import static dev.pharos.trace.FailureKind.TLS_NOT_YET_VALID;
import static dev.pharos.trace.FailureKind.TLS_UNTRUSTED;

import dev.pharos.trace.FailureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says why a chain was refused, with the fact that a person needs to mend it. */
final class CertificateFault {
  private static final int MAX_NAMES = 5;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private CertificateFault() {}

  /**
   * @param trusted whether the chain is good when the name is left out of account
   */
  static FailureException of(
      X509Certificate[] chain, CertificateException e, boolean trusted, String host) {
    if (causedBy(e, CertificateExpiredException.class)) {
      return new FailureException(TLS_EXPIRED, expired(chain), e);
    }
    if (causedBy(e, CertificateNotYetValidException.class)) {
      return new FailureException(
          TLS_NOT_YET_VALID,
          "the certificate is valid only from " + day(chain[0].getNotBefore()),
          e);
    }
    if (trusted) {
      return new FailureException(
          TLS_HOSTNAME,
          "the certificate is for " + names(chain[0]) + ", not for " + Printable.of(host),
          e);
    }
    return new FailureException(TLS_UNTRUSTED, untrusted(chain), e);
  }

  /** The refusal of a certificate that expired since the session it is remembered from. */
  static FailureException expired(X509Certificate leaf, CertificateException e) {
    return new FailureException(TLS_EXPIRED, expired(new X509Certificate[] {leaf}), e);
  }

  private static String expired(X509Certificate[] chain) {
    for (X509Certificate certificate : chain) {
      try {
        certificate.checkValidity();
      } catch (CertificateException e) {
        String which =
            certificate.equals(chain[0])
                ? "the certificate"
                : "the certificate of the authority " + name(certificate.getSubjectX500Principal());
        return which + " expired on " + day(certificate.getNotAfter());
      }
    }
    return "the certificate of the authority at the chain's end expired";
  }

  private static String untrusted(X509Certificate[] chain) {
    X509Certificate leaf = chain[0];
    if (leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())) {
      return "the certificate is self-signed by " + name(leaf.getSubjectX500Principal());
    }
    String issuer = name(chain[chain.length - 1].getIssuerX500Principal());
    return chain.length == 1
        ? "the certificate leads to no trusted authority: its issuer is "
            + issuer
            + ", and the server sent no other certificate"
        : "the certificate leads to no trusted authority, but to " + issuer;
  }

  private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  /** The names a certificate is for (RFC 9525): its alternative names, else its subject. */
  private static String names(X509Certificate leaf) {
    List<String> names = new ArrayList<>();
    for (List<?> name : alternativeNames(leaf)) {
      Object type = name.get(0);
      if (type.equals(DNS_NAME) || type.equals(IP_ADDRESS)) {
        names.add(Printable.of(String.valueOf(name.get(1))));
      }
    }
    if (names.isEmpty()) {
      return name(leaf.getSubjectX500Principal());
    }
    String first = String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())));
    return names.size() > MAX_NAMES
        ? first + " and " + (names.size() - MAX_NAMES) + " more names"
        : first;
  }

  private static Collection<List<?>> alternativeNames(X509Certificate leaf) {
    try {
      @Nullable Collection<List<?>> names = leaf.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static String name(javax.security.auth.x500.X500Principal principal) {
    return Printable.of(principal.getName());
  }

  private static LocalDate day(Date date) {
    return LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC);
  }
}
