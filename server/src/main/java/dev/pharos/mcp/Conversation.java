package dev.pharos.mcp;

import dev.pharos.net.Header;
import dev.pharos.net.IdleListener;
import dev.pharos.trace.Era;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.TransportKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/** An open conversation with a server. One look uses it at a time. */
public final class Conversation {
  private final Link link;
  private final Era era;
  private final String revision;
  private final Handshake handshake;
  private final Json json;
  private final McpSettings settings;
  private final Requests requests;
  private long lastId;

  Conversation(
      Link link,
      Era era,
      String revision,
      Handshake handshake,
      Json json,
      McpSettings settings,
      Requests requests,
      long lastId) {
    this.link = link;
    this.era = era;
    this.revision = revision;
    this.handshake = handshake;
    this.json = json;
    this.settings = settings;
    this.requests = requests;
    this.lastId = lastId;
  }

  public Era era() {
    return era;
  }

  public TransportKind transport() {
    return link.transport();
  }

  /** The negotiated revision. */
  public String revision() {
    return revision;
  }

  public Identity identity() {
    return handshake.identity();
  }

  /** Where the server was found over HTTP, after redirects; null for a process. */
  public @Nullable String url() {
    return link.url();
  }

  /** The session id that the server gave us, or null. It is a secret. */
  public @Nullable String sessionId() {
    return link.sessionId();
  }

  /** Whether the conversation still stands as far as it can be told without asking. */
  public boolean alive() {
    return link.alive();
  }

  /** How the server's process ended by itself, or null while it runs and where there is none. */
  public @Nullable FailureException departure() {
    return link.departure();
  }

  /** Whether the server advertises the list. Templates go with resources. */
  public boolean offers(ListKind kind) {
    return handshake.lists().contains(kind);
  }

  /**
   * Reads a list to its end.
   *
   * @param memory of the last reading, or null
   */
  public Listing list(ListKind kind, @Nullable ListMemory memory, Look look)
      throws FailureException {
    return new Lister(this, kind, settings, look).read(memory);
  }

  /** One page of a list. */
  Call<ListPage> page(ListKind kind, String params, @Nullable Fingerprint expected, Look look)
      throws FailureException {
    Call<ListPage> call =
        call(kind.method(), params, new ListPageReader(kind, settings.maxItems(), look))
            .expecting(expected);
    send(call, look);
    return call;
  }

  /**
   * The cheapest question there is: {@code ping}, or {@code server/discover} in the stateless era.
   */
  public void ping(Look look) throws FailureException {
    String method = era == Era.SESSION ? "ping" : "server/discover";
    Call<Boolean> call = call(method, "", Conversation::skip);
    send(call, look);
    answer(call);
  }

  /**
   * Asks for anything else.
   *
   * @param name the prompt's name or the resource's URI, which stateless HTTP repeats in a header
   * @param params the fields of the params object as JSON
   * @return the result as JSON
   */
  public String request(String method, @Nullable String name, String params, Look look)
      throws FailureException {
    Call<JsonNode> call = call(method, params, (parser, _, _) -> json.tree(parser));
    if (name != null) {
      call.naming(name, List.of());
    }
    send(call, look);
    return Json.write(answer(call));
  }

  /**
   * Runs a tool. It has effects: it is sent once, whatever happens.
   *
   * @param tool as it was listed
   */
  public ToolAnswer callTool(ListedItem tool, ToolArguments arguments, Look look)
      throws FailureException {
    String params = "\"name\":" + Json.quote(tool.key()) + ",\"arguments\":" + arguments.json();
    Call<JsonNode> call = call("tools/call", params, (parser, _, _) -> json.tree(parser));
    boolean annotated = era == Era.STATELESS && link.transport() != TransportKind.STDIO;
    List<Header> headers =
        annotated ? ToolHeaders.of(tool.json(), json.tree(arguments.json())) : List.of();
    send(call.naming(tool.key(), headers), look);
    RpcError error = call.error();
    if (error != null) {
      throw new FailureException(
          error.code() == RpcError.INVALID_PARAMS
              ? FailureKind.TOOL_UNKNOWN
              : FailureKind.TOOL_ERROR,
          "tools/call was answered with " + error.describe());
    }
    JsonNode result = answer(call);
    return new ToolAnswer(
        result.path("isError").asBoolean(false),
        result.path("resultType").asString("complete").equals("input_required"),
        Json.write(result));
  }

  /**
   * Whether HTTP clients may call the tool: in the stateless era not when its header annotations
   * are invalid.
   */
  public boolean callable(ListedItem tool) {
    return era == Era.SESSION
        || link.transport() == TransportKind.STDIO
        || ToolHeaders.fault(tool.json()) == null;
  }

  /** Holds a stream or the process; null when the server offers nothing to hold. */
  public @Nullable Hold hold(HoldListener listener, Look look) {
    boolean listens = era == Era.STATELESS && handshake.hints();
    if (era == Era.STATELESS && !listens && link.transport() != TransportKind.STDIO) {
      return null;
    }
    String filter =
        "\"notifications\":{\"toolsListChanged\":true,\"promptsListChanged\":true,\"resourcesListChanged\":true}";
    Call<Boolean> listen =
        listens ? call("subscriptions/listen", filter, Conversation::skip) : null;
    return link.hold(listen, listener, look);
  }

  /**
   * Has ends of the kept HTTP connection told while no look uses it: what is there to hear where
   * nothing can be held. Does nothing for other links.
   *
   * @param listener null to have them told no more
   */
  public void heed(@Nullable IdleListener listener) {
    link.heed(listener);
  }

  /**
   * Ends the conversation: DELETE of the session, closing of streams, end of the process. Never
   * throws.
   */
  public void end(Look look) {
    link.end(look);
  }

  private static Boolean skip(JsonParser parser, byte[] source, int base) {
    parser.skipChildren();
    return true;
  }

  private <T> Call<T> call(String method, String params, ResultReader<T> reader) {
    long id = ++lastId;
    byte[] message =
        era == Era.SESSION
            ? requests.request(id, method, params)
            : requests.stateless(id, method, params, revision);
    return new Call<>(json, method, id, message, reader);
  }

  private void send(Call<?> call, Look look) throws FailureException {
    Refused refused = link.send(call, look);
    if (refused == null) {
      return;
    }
    if (saysSessionLost(refused)) {
      if (refused.status() == 400) {
        look.note(
            FindingKind.SESSION_STATUS,
            "an unknown session is answered with HTTP 400 where the protocol wants 404");
      }
      throw new FailureException(
          FailureKind.SESSION_LOST,
          "the server does not know the session any more: " + refused.describe());
    }
    RpcError error = refused.error();
    if (era == Era.STATELESS && error != null && error.code() == RpcError.UNSUPPORTED_VERSION) {
      throw new FailureException(
          FailureKind.NO_COMMON_VERSION,
          call.method() + " was answered with " + refused.describe());
    }
    if (error != null
        && (era == Era.STATELESS || error.blamesRequest())
        && (refused.status() == 400 || refused.status() == 404)) {
      call.answer(error);
      return;
    }
    throw refused.failure(call.method());
  }

  /** Refusals that a session's end explains, unless they speak of the request itself. */
  private boolean saysSessionLost(Refused refused) {
    RpcError error = refused.error();
    if (error != null && error.blamesRequest()) {
      return false;
    }
    return switch (link.transport()) {
      case STREAMABLE_HTTP ->
          link.sessionId() != null && (refused.status() == 404 || refused.status() == 400);
      case SSE -> refused.status() == 404;
      case STDIO -> false;
    };
  }

  private static <T> T answer(Call<T> call) throws FailureException {
    RpcError error = call.error();
    if (error != null) {
      throw new FailureException(
          FailureKind.RPC_ERROR, call.method() + " was answered with " + error.describe());
    }
    T result = call.result();
    if (result == null) {
      throw new IllegalStateException("neither result nor error");
    }
    return result;
  }
}
