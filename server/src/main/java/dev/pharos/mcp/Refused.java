package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer that is no success: kept as a value, since which revision a server speaks is read
 * from its refusals.
 *
 * @param error the JSON-RPC error of the body, when it holds one
 * @param body its beginning, as one line
 */
record Refused(
    int status,
    @Nullable RpcError error,
    @Nullable String contentType,
    String body,
    @Nullable Duration retryAfter) {

  /** The refusal as the failure of the request {@code method}. */
  FailureException failure(String method) {
    return new FailureException(
        kind(), method + " was answered with " + describe(), null, retryAfter);
  }

  /** For a person: {@code HTTP 400 (error -32000: Bad Request)}. */
  String describe() {
    String what =
        error != null
            ? error.describe()
            : body.isEmpty() ? "" : (contentType == null ? "" : contentType + ": ") + shortened();
    String retry = retryAfter == null ? "" : "; retry after " + retryAfter.toSeconds() + " s";
    return "HTTP " + status + (what.isEmpty() ? "" : " (" + what + ")") + retry;
  }

  private String shortened() {
    String text =
        body.replaceAll("<(script|style)[^>]*>.*?</\\1>|<[^>]*>", " ")
            .strip()
            .replaceAll(" +", " ");
    return text.length() > 120 ? text.substring(0, 120) + "…" : text;
  }

  FailureKind kind() {
    return switch (status) {
      case 400 -> FailureKind.HTTP_400;
      case 404 -> FailureKind.HTTP_404;
      case 405 -> FailureKind.HTTP_405;
      case 406 -> FailureKind.HTTP_406;
      case 415 -> FailureKind.HTTP_415;
      case 429 -> FailureKind.HTTP_429;
      case 500 -> FailureKind.HTTP_500;
      case 502 -> FailureKind.HTTP_502;
      case 503 -> FailureKind.HTTP_503;
      case 504 -> FailureKind.HTTP_504;
      default ->
          status >= 500
              ? FailureKind.HTTP_5XX
              : status >= 400 ? FailureKind.HTTP_4XX : FailureKind.HTTP_2XX;
    };
  }

  /** Whether this says something of the server's state and nothing of what it speaks. */
  boolean outage() {
    return status >= 500 || status == 429 || status == 408;
  }
}
