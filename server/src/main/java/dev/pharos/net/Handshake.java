package dev.pharos.net;

import dev.pharos.trace.FailureException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** What one TLS handshake saw of the peer, beside its outcome. Used by one thread. */
final class Handshake {
  private final String host;
  private @Nullable X509Certificate leaf;
  private @Nullable FailureException refusal;
  private boolean asked;

  Handshake(String host) {
    this.host = host;
  }

  /** The name or address that the certificate has to be for. */
  String host() {
    return host;
  }

  void saw(X509Certificate[] chain) {
    leaf = chain.length == 0 ? null : chain[0];
  }

  void refused(FailureException why) {
    refusal = why;
  }

  void askedForCertificate() {
    asked = true;
  }

  /** Whether the peer asked for a certificate of ours. */
  boolean asked() {
    return asked;
  }

  /** The peer's own certificate, once it was sent. */
  @Nullable X509Certificate leaf() {
    return leaf;
  }

  /** Why the chain was refused, when it was. */
  @Nullable FailureException refusal() {
    return refusal;
  }
}
