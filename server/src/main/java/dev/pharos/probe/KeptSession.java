package dev.pharos.probe;

import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.mcp.Authorizer;
import dev.pharos.mcp.Conversation;
import dev.pharos.mcp.Endpoint;
import dev.pharos.mcp.Hold;
import dev.pharos.mcp.HoldListener;
import dev.pharos.mcp.Known;
import dev.pharos.mcp.ListKind;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

  /**
   * A process that ends by itself was down until we start it again. Two looks see it so: the one
   * that its end calls for and the one that confirms it. Started again in silence, a server that
   * crashes now and then would seem to be up all the time.
   */
  private static final int MOURNERS = 2;

  /** A look that comes later than this after the first confirms nothing. */
  private static final long MOURNING = Duration.ofSeconds(10).toNanos();

  /** Failures of HTTP that any server may have, whatever it speaks. */
  private static final Set<FailureKind> OUTAGE =
      EnumSet.of(
          FailureKind.LOCAL_RESOURCES,
          FailureKind.EMPTY_REPLY,
          FailureKind.RESET,
          FailureKind.TRUNCATED,
          FailureKind.HTTP_429,
          FailureKind.HTTP_500,
          FailureKind.HTTP_502,
          FailureKind.HTTP_503,
          FailureKind.HTTP_504,
          FailureKind.HTTP_5XX,
          FailureKind.TIMEOUT_FIRST_BYTE,
          FailureKind.TIMEOUT_BODY);

  private final Prober prober;
  private final Target target;
  private final Endpoint endpoint;
  private final Authorizer authorizer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Mask mask;
  private final Account account;
  private Known known = Known.NOTHING;
  private volatile @Nullable Conversation conversation;
  private volatile @Nullable Thread looking;
  private volatile @Nullable Look running;
  private volatile @Nullable Hold hold;
  private volatile boolean closed;

  /** How the process ended by itself, as long as that is news; guarded by the lock. */
  private @Nullable Departure departure;

  /**
   * A process that ended by itself.
   *
   * @param at when it was noticed, in nanoseconds
   * @param looks that saw it
   */
  private record Departure(long at, int looks, FailureException how) {}

  KeptSession(Prober prober, Target target, Authorizer authorizer, Mask mask) {
    this.prober = prober;
    this.target = target;
    this.endpoint = Endpoints.of(target, prober.settings().maxBodyBytes());
    this.authorizer = authorizer;
    this.mask = mask;
    this.account = new Account(prober.clock(), mask);
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
    FailureException how = current == null ? null : current.departure();
    if (how != null) {
      departure = new Departure(prober.nanos(), 0, how);
    }
  }

  private void mourn() throws FailureException {
    notice();
    Departure last = departure;
    if (last == null) {
      return;
    }
    drop();
    if (last.looks() < MOURNERS && prober.nanos() - last.at() < MOURNING) {
      departure = new Departure(last.at(), last.looks() + 1, last.how());
      throw new FailureException(last.how().kind(), last.how().detail());
    }
    departure = null;
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
      opened = prober.opener().open(endpoint, authorizer, Endpoints.known(target, known), look);
    } catch (FailureException e) {
      if (!saysNothingOfSpeech(e.kind())) {
        known = Known.NOTHING; // it may have changed how it speaks: the next look finds out
      }
      throw e;
    }
    conversation = opened;
    known = new Known(opened.era(), opened.transport(), false);
    account.opened(opened, look);
    return opened;
  }

  /** Whether a failed opening leaves what was known of how the server speaks. */
  private static boolean saysNothingOfSpeech(FailureKind kind) {
    Stage stage = kind.stage();
    return kind == FailureKind.TIMEOUT
        || kind == FailureKind.PROCESS_EXIT
        || (stage != null && stage.compareTo(Stage.HTTP) < 0)
        || stage == Stage.AUTH
        || OUTAGE.contains(kind);
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
    Hold held = hold;
    hold = null;
    if (held != null) {
      held.close();
    }
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
   * Holds a stream (or the process) so that its end is heard at once.
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
      hold = current.hold(new Hearing(listener), look);
      return hold != null;
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
    Hold held = hold;
    return held != null && held.open();
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

  /** Passes on what a held stream tells. */
  private record Hearing(WatchListener listener) implements HoldListener {
    @Override
    public void ended(String detail) {
      listener.ended(detail);
    }

    @Override
    public void listChanged(ListKind kind) {
      listener.listChanged(
          switch (kind) {
            case TOOLS -> "tools";
            case PROMPTS -> "prompts";
            case RESOURCES, RESOURCE_TEMPLATES -> "resources";
          });
    }
  }
}
