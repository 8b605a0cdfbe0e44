package dev.pharos.trace;

import static dev.pharos.trace.Stage.AUTH;
import static dev.pharos.trace.Stage.CALL;
import static dev.pharos.trace.Stage.CONNECT;
import static dev.pharos.trace.Stage.DNS;
import static dev.pharos.trace.Stage.HANDSHAKE;
import static dev.pharos.trace.Stage.HTTP;
import static dev.pharos.trace.Stage.LIST;
import static dev.pharos.trace.Stage.TLS;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong in a look. The names are public: they stand in answers, logs, metrics and alert
 * rules.
 */
public enum FailureKind {
  /** The name does not exist. */
  DNS_NOT_FOUND(DNS),
  /** No name server answered in time. */
  DNS_TIMEOUT(DNS),
  /** The name servers could not be asked, or failed: no statement about the name. */
  DNS_FAILURE(DNS),

  /**
   * The address lies in a range that Pharos does not talk to (link-local, cloud metadata) unless
   * allowed.
   */
  ADDRESS_FORBIDDEN(CONNECT),
  REFUSED(CONNECT),
  CONNECT_TIMEOUT(CONNECT),
  /** The network says that there is no way to the host. */
  UNREACHABLE(CONNECT),

  /** The chain leads to no trusted authority. */
  TLS_UNTRUSTED(TLS),
  TLS_EXPIRED(TLS),
  TLS_NOT_YET_VALID(TLS),
  /** The certificate is for another name. */
  TLS_HOSTNAME(TLS),
  /** The peer does not speak TLS, or no version or cipher that we do. */
  TLS_PROTOCOL(TLS),
  /** The peer ended the connection in the middle of the handshake. */
  TLS_CLOSED(TLS),
  TLS_TIMEOUT(TLS),

  /** The connection ended before a single byte of an answer. */
  EMPTY_REPLY(HTTP),
  /** The peer reset the connection. */
  RESET(HTTP),
  /** The answer is not HTTP/1.1. */
  NOT_HTTP(HTTP),
  /** The connection ended inside the head or the body. */
  TRUNCATED(HTTP),
  /** The chunked coding is broken. */
  BAD_CHUNK(HTTP),
  /** The compressed body is broken, or compressed in a way nobody asked for. */
  BAD_ENCODING(HTTP),
  /** The head is larger than the bound. */
  HEADERS_TOO_LARGE(HTTP),
  /** The body, one event or one line is larger than the bound, after inflation. */
  OVERSIZE(null),
  /**
   * Redirected with a status that makes clients repeat a POST as GET (301, 302, 303), or without a
   * usable address.
   */
  REDIRECT(HTTP),
  /**
   * Redirected to another host, port or to plain HTTP: never followed, since the secrets would
   * follow too.
   */
  REDIRECT_CROSS_HOST(HTTP),
  REDIRECT_LOOP(HTTP),
  HTTP_400(HTTP),
  HTTP_404(HTTP),
  HTTP_405(HTTP),
  HTTP_406(HTTP),
  HTTP_415(HTTP),
  HTTP_429(HTTP),
  HTTP_500(HTTP),
  HTTP_502(HTTP),
  HTTP_503(HTTP),
  HTTP_504(HTTP),
  /** A success status that has no place here (204 to a request, 101, …). */
  HTTP_2XX(HTTP),
  HTTP_4XX(HTTP),
  HTTP_5XX(HTTP),
  /** Neither JSON nor an event stream: a login page, a captive portal, another application. */
  CONTENT_TYPE(HTTP),
  /** The request was taken, but no head of an answer came in time. */
  TIMEOUT_FIRST_BYTE(HTTP),
  /** The body stalled, or came so slowly that the time ran out. */
  TIMEOUT_BODY(HTTP),

  /** Protected, and no credentials are set: the server is up. */
  AUTH_REQUIRED(AUTH),
  /** The credentials were refused. */
  AUTH_REJECTED(AUTH),
  /** The token is good, its scopes are too small. */
  INSUFFICIENT_SCOPE(AUTH),
  /** Refused by policy, not for lack of credentials. */
  FORBIDDEN(AUTH),
  /** The token endpoint refused, or answered nonsense. */
  TOKEN_ERROR(AUTH),
  /** The way from the challenge to the token endpoint is broken. */
  AUTH_DISCOVERY_ERROR(AUTH),
  /**
   * A challenge was expected, and none came: the server is open, or its challenge is incomplete.
   */
  CHALLENGE_MISSING(AUTH),

  /** None of the ways to speak MCP was understood. */
  NOT_MCP(HANDSHAKE),
  INITIALIZE_ERROR(HANDSHAKE),
  /** The server refused {@code notifications/initialized}. */
  INITIALIZED_REJECTED(HANDSHAKE),
  NO_COMMON_VERSION(HANDSHAKE),
  /** The old transport's endpoint event is missing, late, or points to another origin. */
  ENDPOINT_REJECTED(HANDSHAKE),
  /** A variable of the definition has no value: nothing was sent. */
  NEEDS_CONFIGURATION(HANDSHAKE),
  /** The command could not be started. */
  PROCESS_START(HANDSHAKE),

  /** Our own machine has no file handle, port or memory left: never counts against the server. */
  LOCAL_RESOURCES(null),
  /** The process ended before it answered. */
  PROCESS_EXIT(null),
  /** The process wrote to stdout, but nothing of it was an answer. */
  STDOUT_NOISE(null),
  /** No answer in time on an open stream or from a living process. */
  TIMEOUT(null),
  /** The event stream ended without the answer. */
  STREAM_ENDED(null),
  INVALID_UTF8(null),
  INVALID_JSON(null),
  /** JSON nested deeper than the bound. */
  TOO_DEEP(null),
  /** JSON, but not a JSON-RPC 2.0 message. */
  INVALID_JSONRPC(null),
  /** An answer to something that was not asked. */
  ID_MISMATCH(null),
  /** The result lacks what its revision's schema requires. */
  SCHEMA_VIOLATION(null),
  /** The server forgot the session twice within one look. */
  SESSION_LOST(null),
  /** A JSON-RPC error where an answer was due. */
  RPC_ERROR(null),
  /** Everything was answered, but later than the fleet's threshold: degraded, never a failure. */
  SLOW(null),

  /** A JSON-RPC error in answer to a list request whose capability is advertised. */
  LIST_ERROR(LIST),
  /** A cursor came twice: paging would never end. */
  LIST_LOOP(LIST),
  /** More pages or items than the bound. */
  LIST_TOO_LONG(LIST),
  /** A page after the first failed. */
  LIST_PARTIAL(LIST),

  TOOL_UNKNOWN(CALL),
  TOOL_ERROR(CALL),
  TOOL_NEEDS_INPUT(CALL);

  private final @Nullable Stage stage;
  private final String wire = name().toLowerCase(Locale.ROOT);

  FailureKind(@Nullable Stage stage) {
    this.stage = stage;
  }

  /** The stage this kind always belongs to, or null when it can happen in several. */
  public @Nullable Stage stage() {
    return stage;
  }

  /** The public name: lower case. */
  public String wire() {
    return wire;
  }
}
