package dev.pharos.probe;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.mcp.McpOpener;
import dev.pharos.mcp.McpSettings;
import dev.pharos.mcp.Tally;
import dev.pharos.mcp.ToolArguments;
import dev.pharos.net.HttpDialer;
import dev.pharos.oauth.OAuth;
import dev.pharos.trace.Deadline;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageClock;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Looks at servers. Thread-safe; a look blocks its thread, which is best a virtual one. */
public final class Prober implements AutoCloseable {
  private static final URI NOWHERE = URI.create("http://localhost/");

  private final ProbeSettings settings;
  private final InstantSource clock;
  private final Ticker ticker;
  private final HttpDialer dialer;
  private final OAuth oauth;
  private final Tally tally = new Tally();
  private final McpOpener opener;
  private final Set<KeptSession> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Trusts the authorities that the JVM trusts. */
  public Prober(ProbeSettings settings, InstantSource clock, Ticker ticker) {
    this(settings, clock, ticker, null);
  }

  /**
   * @param authorities the certificates to trust instead of those that the JVM trusts; null for
   *     those
   */
  public Prober(
      ProbeSettings settings, InstantSource clock, Ticker ticker, @Nullable KeyStore authorities) {
    this.settings = settings;
    this.clock = clock;
    this.ticker = ticker;
    this.dialer = new HttpDialer(settings.net(), ticker, authorities);
    this.oauth = new OAuth(dialer, clock);
    this.opener = new McpOpener(protocol(settings), dialer, ticker, tally);
  }

  private static McpSettings protocol(ProbeSettings settings) {
    return new McpSettings(
        "pharos",
        ProbeSettings.VERSION,
        settings.maxBodyBytes(),
        settings.maxPages(),
        settings.maxItems(),
        settings.maxDepth(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2));
  }

  /**
   * One whole look at {@link Depth#ALL}; leaves nothing behind: the session is ended, the process
   * reaped. Never throws for anything a server does.
   */
  public Outcome look(Target target, WireTap tap) {
    KeptSession session = keep(target);
    try {
      return session.withEnding(session.look(Depth.ALL, tap), tap);
    } finally {
      session.close();
    }
  }

  /**
   * Runs one tool in a session of its own, as a look opens it, and ends that. It has effects: it is
   * sent once, whatever happens. Never throws for anything a server does.
   *
   * @param tool the name under which the server lists it
   * @param argumentsJson an object
   * @param timeout of the whole: opening, finding the tool and running it
   * @throws IllegalArgumentException when the arguments are no JSON object; nothing was sent then
   */
  public Called call(Target target, String tool, String argumentsJson, Duration timeout) {
    ToolArguments arguments = new ToolArguments(argumentsJson);
    KeptSession session = keep(target);
    Look look = begin(session.firstStage(), timeout, WireTap.none());
    return new ToolRun(session, tool, arguments, look).run();
  }

  /** What looks have opened and ended so far. Cheap enough for a scrape. */
  public ProbeCounts counts() {
    // Ends first: nothing may seem to have ended that was not opened.
    long ended = tally.sessionsEnded();
    long reaped = tally.childrenReaped();
    int held = (int) open.stream().filter(KeptSession::holds).count();
    return new ProbeCounts(tally.sessionsOpened(), ended, tally.childrenStarted(), reaped, held);
  }

  /** A session that is to be looked at again and again. Opens nothing yet. */
  public KeptSession keep(Target target) {
    Mask mask = new Mask(target);
    return new KeptSession(this, target, signIn(target, mask), mask);
  }

  private SignIn signIn(Target target, Mask mask) {
    URI url = target.transport() instanceof Transport.Http http ? http.url() : NOWHERE;
    return target.credentials() instanceof Credentials.OAuthClientCredentials client
        ? new FetchedToken(client, url, oauth, clock, mask)
        : new FixedCredentials(target.credentials(), url, oauth);
  }

  McpOpener opener() {
    return opener;
  }

  ProbeSettings settings() {
    return settings;
  }

  long nanos() {
    return ticker.nanos();
  }

  InstantSource clock() {
    return clock;
  }

  /** A new look that begins now. */
  Look begin(Stage first, Duration timeout, WireTap tap) {
    return new Look(new StageClock(ticker, first), Deadline.after(timeout, ticker), tap);
  }

  /** Keeps an eye on a session that holds something open; refuses when all is being closed. */
  boolean opened(KeptSession session) {
    open.add(session);
    return !closed;
  }

  void ended(KeptSession session) {
    open.remove(session);
  }

  /**
   * Ends every session that is still open, politely where no look is running, and with it every
   * process; then stops its threads. Looks that are running come back as inconclusive.
   */
  @Override
  public void close() {
    closed = true;
    var endings = new ArrayList<Thread>();
    for (KeptSession session : open) {
      endings.add(Thread.ofVirtual().start(session::close));
    }
    try {
      for (Thread ending : endings) {
        ending.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    dialer.close();
  }
}
