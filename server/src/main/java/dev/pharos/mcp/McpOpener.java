package dev.pharos.mcp;

import dev.pharos.net.HttpDialer;
import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageClock;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.time.Duration;

/**
 * Opens conversations: finds out which transport and which era a server speaks, as the protocol's
 * own rules say, and shakes hands. Thread-safe.
 */
public final class McpOpener {
  private static final Duration ASIDE = Duration.ofSeconds(2);

  private final McpSettings settings;
  private final HttpDialer dialer;
  private final Ticker ticker;
  private final Tally tally;
  private final Json json;
  private final Requests requests;

  /** An opener that counts what it opens in {@code tally}. */
  public McpOpener(McpSettings settings, HttpDialer dialer, Ticker ticker, Tally tally) {
    this.settings = settings;
    this.dialer = dialer;
    this.ticker = ticker;
    this.tally = tally;
    this.json = new Json(settings.maxDepth(), settings.maxMessageBytes());
    this.requests = new Requests(settings);
  }

  /**
   * Opens a conversation under the look's deadline; enters the stages up to {@code handshake}.
   *
   * @throws FailureException when none could be opened; nothing stays open then
   */
  public Conversation open(Endpoint endpoint, Authorizer authorizer, Known known, Look look)
      throws FailureException {
    if (look.clock().current() != Stage.DNS) {
      look.clock().enter(Stage.HANDSHAKE);
    }
    return switch (endpoint) {
      case Endpoint.Http http -> new HttpOpening(this, http, authorizer, known, look).open();
      case Endpoint.Command command -> new StdioOpening(this, command.spec(), known, look).open();
    };
  }

  McpSettings settings() {
    return settings;
  }

  HttpDialer dialer() {
    return dialer;
  }

  Tally tally() {
    return tally;
  }

  Json json() {
    return json;
  }

  Requests requests() {
    return requests;
  }

  /** A look of its own for a message that we send aside from any look. */
  Look aside() {
    return new Look(
        new StageClock(ticker, Stage.HTTP), Deadline.after(ASIDE, ticker), WireTap.none());
  }
}
