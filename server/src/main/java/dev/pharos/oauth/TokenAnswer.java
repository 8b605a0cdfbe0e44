package dev.pharos.oauth;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a token endpoint answered (RFC 6749 sections 5.1 and 5.2). */
final class TokenAnswer {
  private static final Duration MAX_LIFETIME = Duration.ofDays(3650);

  /** What can stand in a header line: anything else could smuggle in lines of its own. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]{1,16384}");

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

  private final Web.Answer answer;
  private final Redaction redaction;
  private final @Nullable JsonNode json;

  TokenAnswer(Web.Answer answer, Redaction redaction) {
    this.answer = answer;
    this.redaction = redaction;
    this.json = Json.object(answer.body());
  }

  /**
   * @param asked when the request was sent: a token's life is counted from there
   */
  AccessToken token(Instant asked) throws FailureException {
    if (json == null || answer.status() != 200 || Json.string(json, "error") != null) {
      throw refused();
    }
    String token = Json.string(json, "access_token");
    String type = Json.string(json, "token_type");
    if (token == null || !TOKEN.matcher(token).matches()) {
      throw nonsense("the answer holds no usable access_token");
    }
    if (type == null) {
      throw nonsense("the answer names no token_type");
    }
    if (!type.equalsIgnoreCase("Bearer")) {
      throw nonsense("tokens of the type “" + shown(type, 40) + "” are not supported");
    }
    return new AccessToken(token, expiry(json, asked));
  }

  private static @Nullable Instant expiry(JsonNode json, Instant asked) {
    long seconds = json.path("expires_in").asLong(-1);
    return seconds < 0 ? null : asked.plusSeconds(Math.min(seconds, MAX_LIFETIME.toSeconds()));
  }

  private FailureException refused() {
    String code = json == null ? null : Json.string(json, "error");
    if (json == null || code == null) {
      String what = answer.status() == 200 ? "no JSON object" : "HTTP " + answer.status();
      boolean redirect = answer.status() >= 300 && answer.status() < 400;
      return nonsense(redirect ? what + ", and a token request follows no redirects" : what);
    }
    String description = Json.string(json, "error_description");
    return nonsense(
        shown(code, 60) + (description == null ? "" : " (" + shown(description, 200) + ")"));
  }

  /** Hides secrets before cutting: half a secret would not be recognised. */
  private String shown(String text, int max) {
    return Excerpt.of(redaction.apply(text), max);
  }

  private FailureException nonsense(String detail) {
    String wait = answer.retryAfter();
    boolean known = wait != null && SECONDS.matcher(wait).matches();
    return new FailureException(
        FailureKind.TOKEN_ERROR,
        detail,
        null,
        known ? Duration.ofSeconds(Long.parseLong(wait)) : null);
  }
}
