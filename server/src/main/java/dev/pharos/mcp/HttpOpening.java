package dev.pharos.mcp;

import dev.pharos.trace.Deadline;
import dev.pharos.trace.Era;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.TransportKind;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Opens a conversation over HTTP: {@code server/discover}, else {@code initialize}, else the old
 * event stream. Time-outs, refusals for lack of credentials and server errors say nothing of the
 * era and end the search.
 */
final class HttpOpening {
  /**
   * Answers that are not MCP of the stateless era, though the server is there: the handshake is
   * tried.
   */
  private static final Set<FailureKind> NOT_UNDERSTOOD =
      EnumSet.of(
          FailureKind.CONTENT_TYPE,
          FailureKind.HTTP_2XX,
          FailureKind.INVALID_UTF8,
          FailureKind.INVALID_JSON,
          FailureKind.INVALID_JSONRPC,
          FailureKind.ID_MISMATCH,
          FailureKind.SCHEMA_VIOLATION,
          FailureKind.STREAM_ENDED);

  /** What a server without the old transport answers to a GET. */
  private static final Set<FailureKind> NOT_SSE =
      EnumSet.of(
          FailureKind.HTTP_400,
          FailureKind.HTTP_404,
          FailureKind.HTTP_405,
          FailureKind.HTTP_406,
          FailureKind.HTTP_415,
          FailureKind.HTTP_4XX,
          FailureKind.HTTP_2XX,
          FailureKind.CONTENT_TYPE,
          FailureKind.NOT_MCP);

  /** Statuses with which servers without Streamable HTTP refuse a POST. */
  private static final Set<Integer> PERHAPS_OLD = Set.of(400, 404, 405, 406, 415);

  private final McpOpener opener;
  private final Endpoint.Http endpoint;
  private final Authorizer authorizer;
  private final Known known;
  private final Look look;

  HttpOpening(
      McpOpener opener, Endpoint.Http endpoint, Authorizer authorizer, Known known, Look look) {
    this.opener = opener;
    this.endpoint = endpoint;
    this.authorizer = authorizer;
    this.known = known;
    this.look = look;
  }

  Conversation open() throws FailureException {
    URI url = endpoint.url();
    try {
      return at(url);
    } catch (FailureException e) {
      if (e.kind() != FailureKind.HTTP_404 || !bare(url)) {
        throw e;
      }
      return below(url, e);
    }
  }

  private static boolean bare(URI url) {
    String path = url.getRawPath();
    return (path == null || path.isEmpty() || path.equals("/")) && url.getRawQuery() == null;
  }

  private Conversation below(URI url, FailureException first) throws FailureException {
    URI longer = url.resolve("/mcp");
    try {
      Conversation conversation = at(longer);
      look.note(
          FindingKind.PATH_ADDED,
          "the address answers 404, but " + longer + " is an MCP server: register that address");
      return conversation;
    } catch (FailureException e) {
      throw e.kind() == FailureKind.HTTP_404 ? first : e;
    }
  }

  private Conversation at(URI url) throws FailureException {
    boolean old =
        endpoint.choice() == Endpoint.Http.Choice.SSE_ONLY
            || known.transport() == TransportKind.SSE;
    if (!old) {
      return streamable(url);
    }
    try {
      return sse(url);
    } catch (FailureException e) {
      boolean changed = endpoint.choice() == Endpoint.Http.Choice.EITHER && saysNotSse(e);
      if (!changed) {
        throw e.kind() == FailureKind.NOT_MCP
            ? new FailureException(FailureKind.ENDPOINT_REJECTED, e.detail())
            : e;
      }
      look.note(FindingKind.ERA_CHANGED, "the server no longer speaks HTTP+SSE");
      return streamable(url);
    }
  }

  private Conversation streamable(URI url) throws FailureException {
    HttpWire wire = new HttpWire(opener.dialer(), url, endpoint.headers(), authorizer);
    StreamableHttp link = new StreamableHttp(wire, opener);
    boolean opened = false;
    try {
      Conversation conversation = negotiate(link, url);
      // The search may have ended at the old transport, which has connections of its own.
      opened = conversation.transport() == TransportKind.STREAMABLE_HTTP;
      return conversation;
    } finally {
      if (!opened) {
        link.end(opener.aside());
      }
    }
  }

  private Conversation negotiate(StreamableHttp link, URI url) throws FailureException {
    Opening opening = new Opening(opener, look);
    String discovered = "not asked";
    if (known.era() != Era.SESSION) {
      Opening.Discovery discovery = discover(opening, link);
      switch (discovery) {
        case Opening.Discovery.Stateless found -> {
          return opening.stateless(link, found);
        }
        case Opening.Discovery.Older older -> discovered = older.answer();
      }
      if (pinnedStateless()) {
        throw new FailureException(
            FailureKind.NOT_MCP, "server/discover was answered with " + discovered);
      }
    }
    return handshake(opening, link, url, discovered);
  }

  private boolean pinnedStateless() {
    return known.pinned() && known.era() == Era.STATELESS;
  }

  private Opening.Discovery discover(Opening opening, StreamableHttp link) throws FailureException {
    Deadline whole = look.deadline();
    if (!pinnedStateless()) {
      look.deadline(whole.within(opener.settings().discoverWait()));
    }
    try {
      return opening.discover(link);
    } catch (FailureException e) {
      boolean silent =
          (e.kind() == FailureKind.TIMEOUT_FIRST_BYTE || e.kind() == FailureKind.TIMEOUT)
              && !whole.expired();
      if (!pinnedStateless() && (silent || NOT_UNDERSTOOD.contains(e.kind()))) {
        return new Opening.Discovery.Older(e.detail());
      }
      throw e;
    } finally {
      look.deadline(whole);
    }
  }

  private Conversation handshake(Opening opening, StreamableHttp link, URI url, String discovered)
      throws FailureException {
    link.agree("", true);
    Call<JsonNode> call = opening.initialize(Revision.NEWEST_SESSION);
    Refused refused = link.send(call, look);
    RpcError error = refused == null ? call.error() : refused.error();
    String other = error == null ? null : Opening.otherVersion(error);
    if (other != null) {
      call = opening.initialize(other);
      refused = link.send(call, look);
    } else if (error != null && error.code() == RpcError.UNSUPPORTED_VERSION) {
      return onlyStateless(opening, link, error);
    }
    return refused == null ? opening.agree(link, call) : refused(refused, url, discovered);
  }

  /** A stateless server says so in answer to the handshake that we remembered. */
  private Conversation onlyStateless(Opening opening, StreamableHttp link, RpcError error)
      throws FailureException {
    if (known.era() == Era.SESSION && !known.pinned()) {
      look.note(FindingKind.ERA_CHANGED, "the server no longer speaks the session era");
      if (opening.discover(link) instanceof Opening.Discovery.Stateless found) {
        return opening.stateless(link, found);
      }
    }
    throw new FailureException(
        FailureKind.NO_COMMON_VERSION, "initialize was answered with " + error.describe());
  }

  private Conversation refused(Refused refused, URI url, String discovered)
      throws FailureException {
    FailureException failure = refused.failure("initialize");
    boolean perhapsOld =
        PERHAPS_OLD.contains(refused.status()) && endpoint.choice() == Endpoint.Http.Choice.EITHER;
    if (!perhapsOld) {
      throw failure;
    }
    try {
      return sse(url);
    } catch (FailureException e) {
      if (!saysNotSse(e)) {
        throw e;
      }
      throw new FailureException(
          refused.kind(),
          "not an MCP endpoint: initialize was answered with %s, server/discover with %s, and %s"
              .formatted(refused.describe(), discovered, e.detail()),
          null,
          refused.retryAfter());
    }
  }

  /**
   * Whether the attempt at the old transport says that it is not spoken, rather than how it failed.
   */
  private static boolean saysNotSse(FailureException e) {
    return NOT_SSE.contains(e.kind());
  }

  private Conversation sse(URI url) throws FailureException {
    HttpSse link = HttpSse.open(opener, url, endpoint.headers(), authorizer, look);
    boolean opened = false;
    try {
      Opening opening = new Opening(opener, look);
      Call<JsonNode> call = opening.initialize(Revision.NEWEST_SESSION);
      @Nullable Refused refused = link.send(call, look);
      if (refused != null) {
        throw refused.failure("initialize");
      }
      Conversation conversation = opening.agree(link, call);
      opened = true;
      return conversation;
    } finally {
      if (!opened) {
        link.end(opener.aside());
      }
    }
  }
}
