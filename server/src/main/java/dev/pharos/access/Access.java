package dev.pharos.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Guards the monitor with the administrator's password, when one is set. Thread-safe; verifying
 * blocks for the time of a hash.
 */
public final class Access {
  /** Each hash costs memory: who floods us with passwords waits instead. */
  private static final int HASHES_AT_ONCE = 2;

  private static final Duration BUSY = Duration.ofSeconds(1);

  /** For how long another node may go on with a session that was ended. */
  private static final Duration FRESH = Duration.ofSeconds(3);

  /** Who sends wrong passwords cannot have it asked more often whether there is another. */
  private static final long REVIEW = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanos;
  private final Semaphore hashing = new Semaphore(HASHES_AT_ONCE);
  private final Sessions sessions;
  private final Keyed keyed = Keyed.random();
  private final Object lock = new Object();

  /** Guarded by the lock, like the fields below. */
  private final Patience patience;

  private @Nullable PasswordHash password;

  /** The keyed hash of the password once it was given: scripts send it with each request. */
  private byte @Nullable [] known;

  private final ReentrantLock reviewing = new ReentrantLock();

  /** Guarded by {@code reviewing}. */
  private long reviewedAt;

  private volatile Runnable newer = () -> {};

  private Access(@Nullable PasswordHash password, Sessions sessions, LongSupplier nanos) {
    this.password = password;
    this.sessions = sessions;
    this.nanos = nanos;
    this.patience = new Patience(nanos.getAsLong());
    this.reviewedAt = nanos.getAsLong() - REVIEW;
  }

  /**
   * Of a monitor that is alone: its sessions end with it.
   *
   * @param password null leaves everything open
   * @param nanos elapsed time in nanoseconds, which never goes back
   */
  public static Access alone(
      @Nullable PasswordHash password, InstantSource clock, LongSupplier nanos) {
    return over(password, new MemorySessions(), Duration.ZERO, Keyed.random(), clock, nanos);
  }

  /**
   * Of a monitor that shares its sessions with others, and with the one that it will be when it
   * starts again. What is not said above:
   *
   * @param key the same at all of them, and known to nobody else
   * @param clock agrees with that of the others to some seconds
   */
  public static Access shared(
      @Nullable PasswordHash password,
      SessionStore store,
      byte[] key,
      InstantSource clock,
      LongSupplier nanos) {
    return over(password, store, FRESH, new Keyed(key), clock, nanos);
  }

  private static Access over(
      @Nullable PasswordHash password,
      SessionStore store,
      Duration fresh,
      Keyed keyed,
      InstantSource clock,
      LongSupplier nanos) {
    Acquaintances known = new Acquaintances(store, fresh, nanos);
    return new Access(password, new Sessions(known, keyed, clock), nanos);
  }

  /**
   * Where others may set the password: before something is refused that another password would
   * open, this is called, which {@link #change changes} it where there is another. Not called
   * before a made-up session is refused, and once a second at most.
   */
  public void follow(Runnable look) {
    newer = look;
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
    endOthers();
  }

  /**
   * Ends all sessions that were opened under another password than the one of now: they are not
   * accepted anyway, and are not to be when that password comes back.
   */
  public void endOthers() {
    sessions.endOthers(current());
  }

  /** Waits a moment for who asks already: the question may go to a store that does not answer. */
  private @Nullable PasswordHash newest() {
    try {
      if (reviewing.tryLock(BUSY.toMillis(), TimeUnit.MILLISECONDS)) {
        review();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return current();
  }

  /** Holds the lock, and lets it go. */
  private void review() {
    try {
      if (nanos.getAsLong() - reviewedAt >= REVIEW) {
        newer.run();
        reviewedAt = nanos.getAsLong();
      }
    } finally {
      reviewing.unlock();
    }
  }

  private @Nullable PasswordHash current() {
    synchronized (lock) {
      return password;
    }
  }

  /** Tells whether the password is still the one of now: for what goes on after the question. */
  public BooleanSupplier unchanged() {
    PasswordHash now = current();
    return () -> current() == now;
  }

  /** Makes up for what the store of sessions could not take; called each second or so. */
  public void tend() {
    sessions.tend();
  }

  /**
   * Judges a password.
   *
   * @param remote whose attempt it is; addresses of one IPv6 network (/64) count as one
   */
  public Verdict verify(String given, InetAddress remote) {
    String from = network(remote);
    byte[] mark = keyed.mark(given);
    PasswordHash wanted;
    synchronized (lock) {
      Duration wait = patience.wait(from, nanos.getAsLong());
      if (wait.isPositive()) {
        return new Verdict.Slowed(wait);
      }
      if (known != null && MessageDigest.isEqual(known, mark)) {
        patience.succeeded(from);
        return new Verdict.Granted();
      }
      wanted = password;
    }
    return wanted == null ? new Verdict.Denied() : judge(wanted, given, mark, from);
  }

  /** Others are asked for a newer password when the hash is done: nobody waits for a turn. */
  private Verdict judge(PasswordHash wanted, String given, byte[] mark, String from) {
    Verdict verdict = hash(wanted, given, mark, from);
    if (!(verdict instanceof Verdict.Denied)) {
      return verdict;
    }
    PasswordHash newest = newest();
    return newest == null || newest == wanted ? verdict : hash(newest, given, mark, from);
  }

  private Verdict hash(PasswordHash wanted, String given, byte[] mark, String from) {
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
          : note(wanted, wanted.matches(given), mark, from);
    } finally {
      hashing.release();
    }
  }

  private Duration waitOf(String from) {
    synchronized (lock) {
      return patience.wait(from, nanos.getAsLong());
    }
  }

  private Verdict note(PasswordHash wanted, boolean right, byte[] mark, String from) {
    synchronized (lock) {
      if (!right || wanted != password) {
        patience.failed(from, nanos.getAsLong());
        return new Verdict.Denied();
      }
      known = mark;
      patience.succeeded(from);
      return new Verdict.Granted();
    }
  }

  /**
   * Opens a session; only for whom the password was granted.
   *
   * @throws IllegalStateException when no password is set
   */
  public Session open() {
    PasswordHash now = current();
    if (now == null) {
      throw new IllegalStateException("nothing is guarded");
    }
    return sessions.open(now);
  }

  /**
   * Whether this is the id of an open session; counts as a use of it.
   *
   * @throws RuntimeException of the store, when it is away and the session is not known here
   */
  public boolean isOpen(String sessionId) {
    PasswordHash now = current();
    return now != null
        && switch (sessions.use(sessionId, now)) {
          case OPEN -> true;
          case NOT_OPEN -> false;
          case OTHER_PASSWORD -> isOpenUnder(newest(), sessionId);
        };
  }

  private boolean isOpenUnder(@Nullable PasswordHash password, String sessionId) {
    return password != null && sessions.use(sessionId, password) == Sessions.Answer.OPEN;
  }

  /**
   * Whether a request that changes something comes from the session's own page; throws as above.
   */
  public boolean isFromSession(String sessionId, String csrfToken) {
    PasswordHash now = current();
    return now != null && sessions.matches(sessionId, csrfToken, now);
  }

  /** Ends a session everywhere; may be called for one that there is not. */
  public void close(String sessionId) {
    sessions.close(sessionId);
  }

  private static String network(InetAddress remote) {
    byte[] bytes = remote.getAddress();
    return HexFormat.of()
        .formatHex(remote instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
  }
}
