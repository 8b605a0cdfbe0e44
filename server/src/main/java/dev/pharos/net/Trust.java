package dev.pharos.net;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's own check of a chain, which also remembers the chain and puts a refusal into words.
 * Thread-safe: what it remembers belongs to the {@link Handshake} bound to the calling thread.
 */
final class Trust extends X509ExtendedTrustManager {
  static final ScopedValue<Handshake> HANDSHAKE = ScopedValue.newInstance();

  private final X509ExtendedTrustManager jvm;

  private Trust(X509ExtendedTrustManager jvm) {
    this.jvm = jvm;
  }

  /**
   * @param authorities what to trust; null for the JVM's default store
   */
  static Trust in(@Nullable KeyStore authorities) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager jvm) {
        return new Trust(jvm);
      }
    }
    throw new GeneralSecurityException("this JVM cannot check X.509 chains");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    Handshake handshake = HANDSHAKE.get();
    handshake.saw(chain);
    try {
      jvm.checkServerTrusted(chain, authType, socket);
      // PKIX ends at a trusted certificate: when that is the peer's own, nobody looked at its
      // dates.
      chain[0].checkValidity();
    } catch (CertificateException e) {
      boolean trusted = trusts(chain, authType);
      handshake.refused(CertificateFault.of(chain, e, trusted, handshake.host()));
      throw e;
    }
  }

  /** Whether the chain is good by itself, whatever name it is for. */
  private boolean trusts(X509Certificate[] chain, String authType) {
    try {
      jvm.checkServerTrusted(chain, authType);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    jvm.checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    jvm.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("no server here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no server here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no server here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jvm.getAcceptedIssuers();
  }
}
