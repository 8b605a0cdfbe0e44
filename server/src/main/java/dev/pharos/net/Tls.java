package dev.pharos.net;

import dev.pharos.trace.Certificate;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Wraps connected sockets in TLS. One context for all connections, so that sessions are resumed,
 * and made at the first use, since reading the authorities takes a moment. Thread-safe.
 */
final class Tls {
  private static final String[] PROTOCOLS = {"http/1.1"};

  private final @Nullable KeyStore authorities;
  private final NetSettings settings;
  private final Watchdog watchdog;
  private @Nullable SSLSocketFactory sockets;

  /**
   * @param authorities what to trust; null for the JVM's default store
   */
  Tls(@Nullable KeyStore authorities, NetSettings settings, Watchdog watchdog) {
    this.authorities = authorities;
    this.settings = settings;
    this.watchdog = watchdog;
  }

  /**
   * A connection after its handshake.
   *
   * @param asked whether the peer asked for a client certificate, which it did not get
   */
  record Secured(SSLSocket socket, boolean asked) {}

  /** Shakes hands; notes the certificate on the look, of a refused chain too. */
  Secured shake(Socket socket, Guard guard, Origin origin, Look look) throws FailureException {
    Handshake handshake = new Handshake(origin.host());
    SSLSocketFactory factory = sockets();
    watchdog.arm(guard, look.deadline().within(settings.tlsTimeout()));
    try {
      SSLSocket tls = (SSLSocket) factory.createSocket(socket, origin.host(), origin.port(), true);
      tls.setSSLParameters(parameters(tls, origin.host()));
      start(tls, handshake);
      checkDates(handshake);
      watchdog.disarm(guard);
      if (!guard.fired()) {
        return new Secured(tls, handshake.asked());
      }
      throw new IOException("late");
    } catch (IOException e) {
      throw failure(e, handshake, guard.fired());
    } finally {
      watchdog.disarm(guard);
      note(handshake, look);
    }
  }

  private static void start(SSLSocket tls, Handshake handshake) throws IOException {
    ScopedValue.where(Trust.HANDSHAKE, handshake)
        .call(() -> {
          tls.startHandshake();
          return tls;
        });
    if (handshake.leaf() == null
        && tls.getSession().getPeerCertificates() instanceof X509Certificate[] chain) {
      handshake.saw(chain); // a resumed session: the chain was checked when it began
    }
  }

  /** A resumed session may outlive its certificate. */
  private static void checkDates(Handshake handshake) throws FailureException {
    X509Certificate leaf = handshake.leaf();
    if (leaf == null) {
      return;
    }
    try {
      leaf.checkValidity();
    } catch (CertificateException e) {
      throw CertificateFault.expired(leaf, e);
    }
  }

  private static FailureException failure(IOException e, Handshake handshake, boolean late) {
    if (late) {
      return new FailureException(
          FailureKind.TLS_TIMEOUT, "the TLS handshake was not done in time", e);
    }
    FailureException refusal = handshake.refusal();
    return refusal == null ? TlsFault.of(e, handshake.asked()) : refusal;
  }

  private static SSLParameters parameters(SSLSocket tls, String host) {
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(PROTOCOLS);
    if (Resolver.literal(host) == null) {
      nameServer(parameters, host);
    }
    return parameters;
  }

  /** Server name indication (RFC 6066 section 3), for names without a dot too. */
  private static void nameServer(SSLParameters parameters, String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    try {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    } catch (IllegalArgumentException e) {
      // A name that DNS takes and this extension does not, with an underscore for example.
    }
  }

  private static void note(Handshake handshake, Look look) {
    X509Certificate leaf = handshake.leaf();
    if (leaf != null) {
      look.certificate(
          new Certificate(
              Printable.of(leaf.getSubjectX500Principal().getName()),
              Printable.of(leaf.getIssuerX500Principal().getName()),
              leaf.getNotAfter().toInstant()));
    }
  }

  private synchronized SSLSocketFactory sockets() {
    if (sockets == null) {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
            new KeyManager[] {new NoCredentials()},
            new TrustManager[] {Trust.in(authorities)},
            new SecureRandom());
        sockets = context.getSocketFactory();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("TLS cannot be set up", e);
      }
    }
    return sockets;
  }
}
