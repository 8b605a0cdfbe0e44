package dev.pharos.cli;

import dev.pharos.trace.FailureKind;
import org.jspecify.annotations.Nullable;

/** What a person can do next about a failure. */
final class Advice {
  private Advice() {}

  /** One line, or null where the message says it all. */
  static @Nullable String on(FailureKind kind) {
    return switch (kind) {
      case DNS_NOT_FOUND -> "check the spelling of the host name";
      case DNS_TIMEOUT, DNS_FAILURE -> "check this machine's own network and name servers";
      case ADDRESS_FORBIDDEN -> "use another address: this range is closed to keep secrets safe";
      case REFUSED -> "start the server, or check host and port";
      case CONNECT_TIMEOUT, UNREACHABLE -> "check the address, firewalls and that the host is up";
      case TLS_UNTRUSTED ->
          "send the whole chain, or use a certificate of an authority that Java trusts";
      case TLS_EXPIRED -> "renew the server's certificate";
      case TLS_NOT_YET_VALID -> "check the clocks of both machines";
      case TLS_HOSTNAME -> "use the name that the certificate is made for";
      case TLS_PROTOCOL -> "if the server speaks plain HTTP on this port, write http://";
      case TLS_CLOSED, TLS_TIMEOUT ->
          "check what stands in front of the server; if it speaks plain HTTP, write http://";
      case EMPTY_REPLY -> "if the server speaks TLS on this port, write https://";
      case NOT_HTTP -> "check the port: something else than HTTP answers there";
      case REDIRECT, REDIRECT_CROSS_HOST, REDIRECT_LOOP -> "use the server's final address instead";
      case HTTP_404, HTTP_405, CONTENT_TYPE, NOT_MCP ->
          "check the path: MCP servers often stand at /mcp or /sse";
      case HTTP_429 -> "look less often, or ask for a higher limit";
      case HTTP_502, HTTP_503, HTTP_504 -> "check the server behind the proxy or balancer";
      case AUTH_REQUIRED ->
          "give credentials (--bearer, --api-key, --basic or --oauth-client-id), or use --expect"
              + " auth-challenge if the challenge is all you want to see";
      case AUTH_REJECTED -> "check that the credentials are the server's own and not expired";
      case INSUFFICIENT_SCOPE -> "ask for the scopes that the message names (--oauth-scope)";
      case FORBIDDEN -> "ask the server's owner: this is a refusal by policy";
      case TOKEN_ERROR -> "check client id, secret, scope and token address";
      case AUTH_DISCOVERY_ERROR -> "give the token address yourself with --oauth-token-url";
      case CHALLENGE_MISSING -> "leave out --expect auth-challenge to look at the server's tools";
      case NO_COMMON_VERSION -> "update the server or Pharos";
      case ENDPOINT_REJECTED -> "check what stands in front of the server and rewrites addresses";
      case NEEDS_CONFIGURATION -> "set the variables named above and look again";
      case PROCESS_START -> "check that the command is installed and on the PATH";
      case PROCESS_EXIT -> "run the command by hand: it must go on until its input ends";
      case STDOUT_NOISE -> "write logs to stderr: on stdout only messages are allowed";
      case TIMEOUT_FIRST_BYTE, TIMEOUT_BODY, TIMEOUT ->
          "give it more time with --timeout, or see where it hangs with --verbose";
      case SLOW -> "see which stage takes the time, or allow the server more";
      case LOCAL_RESOURCES -> "raise this machine's limit of open files (ulimit -n)";
      case RESET,
          TRUNCATED,
          BAD_CHUNK,
          BAD_ENCODING,
          HEADERS_TOO_LARGE,
          OVERSIZE,
          HTTP_400,
          HTTP_406,
          HTTP_415,
          HTTP_500,
          HTTP_2XX,
          HTTP_4XX,
          HTTP_5XX,
          INITIALIZE_ERROR,
          INITIALIZED_REJECTED,
          STREAM_ENDED,
          INVALID_UTF8,
          INVALID_JSON,
          TOO_DEEP,
          INVALID_JSONRPC,
          ID_MISMATCH,
          SCHEMA_VIOLATION,
          SESSION_LOST,
          RPC_ERROR,
          LIST_ERROR,
          LIST_LOOP,
          LIST_TOO_LONG,
          LIST_PARTIAL ->
          "see the messages on the wire with --verbose";
      case TOOL_UNKNOWN, TOOL_ERROR, TOOL_NEEDS_INPUT -> null;
    };
  }
}
