package dev.pharos.probe;

import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.mcp.Conversation;
import dev.pharos.mcp.Endpoint;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import dev.pharos.trace.TransportKind;
import dev.pharos.trace.WireTap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A server's session kept between looks, so that a further look costs one request. One look at a
 * time: a second caller waits. {@link #watch} and {@link #close} may be called from any thread.
 */
public final class KeptSession implements AutoCloseable {
  private static final Duration ENDING = Duration.ofSeconds(2);
  private static final Duration WATCHING = Duration.ofSeconds(3);

  private final Prober prober;
  private final Target target;
  private final Endpoint endpoint;
  private final SignIn signIn;
  private final ReentrantLock lock = new ReentrantLock();
  private final Mask mask;
  private final Account account;
  private final Departures departures;
  private final Acquaintance acquaintance = new Acquaintance();
  private final Watching watching = new Watching();
  private volatile @Nullable Conversation conversation;
  private volatile @Nullable Thread looking;
  private volatile @Nullable Look running;
  private volatile boolean closed;

  KeptSession(Prober prober, Target target, SignIn signIn, Mask mask) {
    this.prober = prober;
    this.target = target;
    this.endpoint = Endpoints.of(target, prober.settings().maxBodyBytes());
    this.signIn = signIn;
    this.mask = mask;
    this.account = new Account(prober.clock(), mask, signIn::expiresAt);
    this.departures = new Departures(prober::nanos);
  }

  /**
   * Looks again: opens the session when there is none, opens it once more when it was lost. Never
   * throws for anything a server does.
   */
  public Outcome look(Depth depth, WireTap tap) {
    lock.lock();
    try {
      return guarded(depth, tap);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the session and looks with a fresh handshake. */
  public Outcome renew(Depth depth, WireTap tap) {
    lock.lock();
    try {
      notice();
      end(prober.begin(Stage.HANDSHAKE, ENDING, tap));
      return guarded(depth, tap);
    } finally {
      lock.unlock();
    }
  }

  private Outcome guarded(Depth depth, WireTap tap) {
    Instant now = prober.clock().instant();
    Look look = prober.begin(firstStage(), target.timeout(), tap);
    looking = Thread.currentThread();
    running = look;
    try {
      if (!prober.opened(this) || closed) {
        return account.inconclusive(now, look, "Pharos is being stopped");
      }
      return target.expect() == Expectation.AUTH_CHALLENGE
          ? challenge(now, look)
          : tools(now, depth, look);
    } catch (RuntimeException e) {
      // A bug of ours: it ends this look, not the loop around it, and never counts against the
      // server.
      drop();
      Bugs.report(e, target.name());
      return account.inconclusive(
          now, look, "a fault in Pharos itself: " + e.getClass().getSimpleName());
    } finally {
      looking = null;
      running = null;
    }
  }

  /**
   * How far the look is that runs now: its stages so far, the running one counted up to now. Empty
   * when none runs. May be called from any thread.
   */
  public List<StageTime> progress() {
    Look look = running;
    return look == null ? List.of() : look.clock().times();
  }

  /** Something that is asked of an open conversation. */
  interface Errand<T> {
    T run(Conversation conversation, Look look) throws FailureException;
  }

  /** Opens the session and asks something else than a look does. */
  <T> T ask(Errand<T> errand, Look look) throws FailureException {
    lock.lock();
    looking = Thread.currentThread();
    try {
      if (!prober.opened(this) || closed) {
        throw new FailureException(FailureKind.LOCAL_RESOURCES, "Pharos is being stopped");
      }
      return errand.run(open(look), look);
    } finally {
      looking = null;
      lock.unlock();
    }
  }

  Stage firstStage() {
    Conversation current = conversation;
    if (current != null && current.alive()) {
      return Stage.LIST;
    }
    return target.transport() instanceof Transport.Http ? Stage.DNS : Stage.HANDSHAKE;
  }

  private Outcome tools(Instant now, Depth depth, Look look) {
    try {
      FailureException impairment = observe(depth, look);
      return impairment == null
          ? account.passed(now, look)
          : account.impaired(now, look, impairment);
    } catch (FailureException e) {
      return failed(now, look, e);
    }
  }

  private Outcome failed(Instant now, Look look, FailureException e) {
    Stage stage = look.clock().current();
    notice();
    settle();
    if (e.kind() == FailureKind.LOCAL_RESOURCES) {
      return account.inconclusive(now, look, e.detail());
    }
    return closed || Thread.currentThread().isInterrupted()
        ? account.inconclusive(now, look, "the look was stopped")
        : account.failed(now, look, e, stage);
  }

  /** For a server we may not log in to: a correct refusal is what we want. */
  private Outcome challenge(Instant now, Look look) {
    try {
      open(look);
    } catch (FailureException e) {
      if (e.kind() != FailureKind.AUTH_REQUIRED) {
        return failed(now, look, e);
      }
      boolean incomplete =
          look.findings().stream().anyMatch(f -> f.kind() == FindingKind.INCOMPLETE_CHALLENGE);
      return incomplete
          ? account.failed(
              now,
              look,
              new FailureException(FailureKind.CHALLENGE_MISSING, e.detail()),
              Stage.AUTH)
          : account.passed(now, look);
    }
    Outcome open =
        account.failed(
            now,
            look,
            new FailureException(
                FailureKind.CHALLENGE_MISSING,
                "the server lets everybody in, where a challenge was expected"),
            Stage.AUTH);
    end(prober.begin(Stage.HANDSHAKE, ENDING, look.tap()));
    return open;
  }

  private void notice() {
    Conversation current = conversation;
    departures.notice(current == null ? null : current.departure());
  }

  private void mourn() throws FailureException {
    notice();
    if (departures.pending()) {
      drop();
      departures.mourn();
    }
  }

  private @Nullable FailureException observe(Depth depth, Look look) throws FailureException {
    mourn();
    Conversation current = conversation;
    boolean reused = current != null && current.alive();
    if (current == null || !reused) {
      drop();
      current = open(look);
    }
    try {
      return account.read(current, depth, look);
    } catch (FailureException e) {
      if (e.kind() != FailureKind.SESSION_LOST) {
        throw e;
      }
      drop();
      look.note(FindingKind.SESSION_REOPENED, e.detail());
      return account.read(open(look), depth, look);
    }
  }

  private Conversation open(Look look) throws FailureException {
    Conversation opened;
    try {
      opened =
          prober
              .opener()
              .open(endpoint, signIn, Endpoints.known(target, acquaintance.known()), look);
    } catch (FailureException e) {
      acquaintance.failed(e.kind());
      throw e;
    }
    conversation = opened;
    acquaintance.opened(opened);
    watching.begin(opened);
    account.opened(opened, look);
    return opened;
  }

  /**
   * After a failed look: a session over HTTP may outlive the fault, a stream or process does not.
   */
  private void settle() {
    Conversation current = conversation;
    if (current != null
        && (current.transport() != TransportKind.STREAMABLE_HTTP || !current.alive())) {
      drop();
    }
    account.doubt();
  }

  /** Gives up the conversation without a look that could note anything. */
  private void drop() {
    end(prober.begin(Stage.HANDSHAKE, ENDING, WireTap.none()));
  }

  /** Ends what is open; the caller holds the lock. */
  private void end(Look ending) {
    watching.letGo();
    Conversation current = conversation;
    conversation = null;
    if (current != null) {
      // An interrupt must not keep us from telling the server that we leave.
      boolean interrupted = Thread.interrupted();
      current.end(ending);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the session and adds what was noted on the way to the outcome. */
  Outcome withEnding(Outcome outcome, WireTap tap) {
    lock.lock();
    try {
      Look ending = prober.begin(Stage.HANDSHAKE, ENDING, tap);
      end(ending);
      return Account.with(outcome, mask.hide(ending.findings()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Holds a stream (or the process) so that its end is heard at once; where the server offers
   * neither, ends of its idle connection are heard as with {@link #heed}.
   *
   * @return whether the server offers something to hold; false also when no session is open or one
   *     is watched already
   */
  public boolean watch(WatchListener listener) {
    lock.lock();
    try {
      Conversation current = conversation;
      if (current == null || closed || watched()) {
        return false;
      }
      Look look = prober.begin(Stage.HANDSHAKE, WATCHING, WireTap.none());
      return watching.hold(current, listener, look);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hears of ends of the connection that is kept between looks, over HTTP, for as long as nothing
   * is held. Costs no further connection.
   */
  public void heed(WatchListener listener) {
    lock.lock();
    try {
      if (!closed && !watched()) {
        watching.heed(conversation, listener);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether a conversation is held now. */
  boolean holds() {
    return conversation != null;
  }

  Mask mask() {
    return mask;
  }

  /** Whether a stream or process is held now. */
  public boolean watched() {
    return watching.holds();
  }

  /**
   * Ends the session with DELETE, the streams and the process. Blocks for at most a few seconds;
   * may be called twice. A look that is running is stopped.
   */
  @Override
  public void close() {
    closed = true;
    Thread running = looking;
    if (running != null && running != Thread.currentThread()) {
      running.interrupt();
    }
    boolean locked = false;
    try {
      locked = lock.tryLock(ENDING.toMillis() * 4, TimeUnit.MILLISECONDS);
      if (locked) {
        drop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (locked) {
        lock.unlock();
      }
      prober.ended(this);
    }
  }
}
