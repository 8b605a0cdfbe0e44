package dev.pharos.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Guards the monitor with the administrator's password, when one is set. Thread-safe; verifying
 * blocks for the time of a hash.
 */
public final class Access {
  /** Each hash costs memory: who floods us with passwords waits instead. */
  private static final int HASHES_AT_ONCE = 2;

  private static final Duration BUSY = Duration.ofSeconds(1);

  private final LongSupplier nanos;
  private final Semaphore hashing = new Semaphore(HASHES_AT_ONCE);
  private final Sessions sessions = new Sessions();
  private final byte[] key = new byte[32];
  private final Object lock = new Object();

  /** Guarded by the lock, like the fields below. */
  private final Patience patience;

  private @Nullable PasswordHash password;

  /** The keyed hash of the password once it was given: scripts send it with each request. */
  private byte @Nullable [] known;

  /**
   * @param password null leaves everything open
   * @param nanos elapsed time in nanoseconds, which never goes back
   */
  public Access(@Nullable PasswordHash password, LongSupplier nanos) {
    this.password = password;
    this.nanos = nanos;
    this.patience = new Patience(nanos.getAsLong());
    new SecureRandom().nextBytes(key);
  }

  /** Whether a password is set, so that one is asked for. */
  public boolean guarded() {
    synchronized (lock) {
      return password != null;
    }
  }

  /** Sets another password, or none; ends all sessions. */
  public void change(@Nullable PasswordHash other) {
    synchronized (lock) {
      password = other;
      known = null;
    }
    sessions.closeAll();
  }

  /**
   * Judges a password.
   *
   * @param remote whose attempt it is; addresses of one IPv6 network (/64) count as one
   */
  public Verdict verify(String given, InetAddress remote) {
    String from = network(remote);
    byte[] keyed = keyed(given);
    PasswordHash wanted;
    synchronized (lock) {
      Duration wait = patience.wait(from, nanos.getAsLong());
      if (wait.isPositive()) {
        return new Verdict.Slowed(wait);
      }
      if (known != null && MessageDigest.isEqual(known, keyed)) {
        patience.succeeded(from);
        return new Verdict.Granted();
      }
      wanted = password;
    }
    return wanted == null ? new Verdict.Denied() : hash(wanted, given, keyed, from);
  }

  private Verdict hash(PasswordHash wanted, String given, byte[] keyed, String from) {
    try {
      if (!hashing.tryAcquire(BUSY.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Verdict.Slowed(BUSY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Slowed(BUSY);
    }
    try {
      // Those that waited with us may have used up what was left.
      Duration wait = waitOf(from);
      return wait.isPositive()
          ? new Verdict.Slowed(wait)
          : note(wanted, wanted.matches(given), keyed, from);
    } finally {
      hashing.release();
    }
  }

  private Duration waitOf(String from) {
    synchronized (lock) {
      return patience.wait(from, nanos.getAsLong());
    }
  }

  private Verdict note(PasswordHash wanted, boolean right, byte[] keyed, String from) {
    synchronized (lock) {
      if (!right || wanted != password) {
        patience.failed(from, nanos.getAsLong());
        return new Verdict.Denied();
      }
      known = keyed;
      patience.succeeded(from);
      return new Verdict.Granted();
    }
  }

  /** Opens a session; only for whom the password was granted. */
  public Session open() {
    return sessions.open(nanos.getAsLong());
  }

  /** Whether this is the id of an open session; counts as a use of it. */
  public boolean isOpen(String sessionId) {
    return sessions.use(sessionId, nanos.getAsLong());
  }

  /** Whether a request that changes something comes from the session's own page. */
  public boolean isFromSession(String sessionId, String csrfToken) {
    return sessions.matches(sessionId, csrfToken, nanos.getAsLong());
  }

  /** Ends a session; may be called for one that there is not. */
  public void close(String sessionId) {
    sessions.close(sessionId);
  }

  private byte[] keyed(String given) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(given.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError("every JVM has HmacSHA256", e);
    }
  }

  private static String network(InetAddress remote) {
    byte[] bytes = remote.getAddress();
    return HexFormat.of()
        .formatHex(remote instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
  }
}
