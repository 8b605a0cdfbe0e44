package dev.pharos.probe;

import dev.pharos.mcp.Refusal;
import dev.pharos.oauth.Challenge;
import dev.pharos.oauth.OAuth;
import dev.pharos.oauth.ResourceMetadata;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a 401 or 403 means, in words that say what is needed. */
final class Refusals {
  private final URI url;
  private final OAuth oauth;
  private final boolean credentialsSent;

  Refusals(URI url, OAuth oauth, boolean credentialsSent) {
    this.url = url;
    this.oauth = oauth;
    this.credentialsSent = credentialsSent;
  }

  /** The failure that a refusal stands for; reads the server's metadata to say who gives tokens. */
  FailureException meaning(Refusal refusal, Look look) {
    Challenge bearer = Challenge.bearer(refusal.challenges());
    if (refusal.status() == 403) {
      return forbidden(refusal, bearer);
    }
    if (credentialsSent) {
      return rejected(bearer);
    }
    return required(refusal, bearer, look);
  }

  private static FailureException forbidden(Refusal refusal, @Nullable Challenge bearer) {
    if (bearer != null && "insufficient_scope".equals(bearer.parameter("error"))) {
      String scope = bearer.parameter("scope");
      return new FailureException(
          FailureKind.INSUFFICIENT_SCOPE,
          "the token is good, but its scopes are too small"
              + (scope == null ? "" : "; needed: " + plain(scope)));
    }
    return new FailureException(
        FailureKind.FORBIDDEN,
        "refused with HTTP 403" + (refusal.body().isBlank() ? "" : ": " + plain(refusal.body())));
  }

  private static FailureException rejected(@Nullable Challenge bearer) {
    String error = bearer == null ? null : bearer.parameter("error");
    String detail = bearer == null ? null : bearer.parameter("error_description");
    return new FailureException(
        FailureKind.AUTH_REJECTED,
        "the credentials were refused with HTTP 401"
            + (error == null
                ? ""
                : " (" + plain(error) + (detail == null ? "" : ": " + plain(detail)) + ")"));
  }

  private FailureException required(Refusal refusal, @Nullable Challenge bearer, Look look) {
    if (refusal.challenges().isEmpty()) {
      look.note(
          FindingKind.INCOMPLETE_CHALLENGE,
          "the 401 carries no WWW-Authenticate header, so that clients must guess how to log in");
    } else if (bearer == null) {
      return new FailureException(
          FailureKind.AUTH_REQUIRED,
          "the server asks for credentials ("
              + plain(refusal.challenges().getFirst())
              + ") and none are set");
    }
    return new FailureException(
        FailureKind.AUTH_REQUIRED,
        "the server asks for a token and none is set" + issuers(bearer, look));
  }

  private String issuers(@Nullable Challenge bearer, Look look) {
    Stage stage = look.clock().current();
    try {
      ResourceMetadata metadata = oauth.resource(url, bearer, look);
      String scope = bearer == null ? null : bearer.parameter("scope");
      List<String> scopes =
          scope == null ? metadata.scopesSupported() : List.of(scope.split(" ", -1));
      return "; tokens come from "
          + plain(
              String.join(
                  ", ", metadata.authorizationServers().stream().map(URI::toString).toList()))
          + (scopes.isEmpty() ? "" : ", scopes: " + plain(String.join(" ", scopes)));
    } catch (FailureException e) {
      look.note(
          FindingKind.INCOMPLETE_CHALLENGE,
          "the server does not say who gives tokens: " + e.detail());
      return "";
    } finally {
      look.clock().enter(stage);
    }
  }

  /** One bounded line without control characters: these words come from the server. */
  static String plain(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
