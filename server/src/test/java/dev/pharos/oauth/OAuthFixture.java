package dev.pharos.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pharos.net.HttpDialer;
import dev.pharos.net.NetSettings;
import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageClock;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** One pretended web, one OAuth over a real dialer, one look. */
final class OAuthFixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final String SECRET = "canary+s3cret/~ %";

  final PretendWeb web;
  final List<String> heard = new CopyOnWriteArrayList<>();
  final Look look;
  final OAuth oauth;
  private final HttpDialer dialer;

  OAuthFixture(Duration timeout) throws IOException {
    Ticker ticker = Ticker.system();
    WireTap tap = (_, _, text) -> heard.add(text);
    web = new PretendWeb();
    look = new Look(new StageClock(ticker, Stage.HTTP), Deadline.after(timeout, ticker), tap);
    dialer = new HttpDialer(NetSettings.DEFAULT, ticker);
    oauth = new OAuth(dialer, () -> NOW);
  }

  /** Publishes good metadata of the resource {@code /mcp} and of its authorization server. */
  OAuthFixture good() {
    web.json(
        "/.well-known/oauth-protected-resource/mcp",
        """
        {"resource":"{base}/mcp","authorization_servers":["{base}"],
         "scopes_supported":["read","list"]}\
        """);
    server("");
    web.json("/token", "{\"access_token\":\"t0ken\",\"token_type\":\"Bearer\"}");
    return this;
  }

  /** Publishes metadata of the authorization server, with more members when given. */
  OAuthFixture server(String more) {
    web.json(
        "/.well-known/oauth-authorization-server",
        "{\"issuer\":\"{base}\",\"token_endpoint\":\"{base}/token\"" + more + "}");
    return this;
  }

  URI mcp() {
    return web.url("/mcp");
  }

  ResourceMetadata resource(@Nullable Challenge challenge) throws FailureException {
    return oauth.resource(mcp(), challenge, look);
  }

  AccessToken token(OAuthClient client) throws FailureException {
    return oauth.clientCredentials(mcp(), client, null, look);
  }

  /** The form of the one token request. */
  Map<String, String> form() {
    Map<String, String> form = new HashMap<>();
    for (String field : tokenRequest().body().split("&", -1)) {
      String[] pair = field.split("=", 2);
      form.put(decoded(pair[0]), decoded(pair[1]));
    }
    return form;
  }

  PretendWeb.Seen tokenRequest() {
    List<PretendWeb.Seen> posts =
        web.seen().stream().filter(request -> request.method().equals("POST")).toList();
    assertThat(posts).hasSize(1);
    return posts.getFirst();
  }

  static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  static OAuthClient client() {
    return new OAuthClient("me", SECRET, null, null, null, null);
  }

  static OAuthClient client(@Nullable URI tokenUrl, @Nullable String scope) {
    return new OAuthClient("me", SECRET, null, null, tokenUrl, scope);
  }

  static Challenge challenge(String name, String value) {
    return new Challenge("Bearer", Map.of(name, value));
  }

  static FailureException failure(FailureKind kind, ThrowingCallable call) {
    FailureException failure = catchThrowableOfType(FailureException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.detail()).isEqualTo(kind);
    assertThat(failure.detail()).doesNotContain("canary", "s3cret").doesNotContainPattern("\\p{C}");
    return failure;
  }

  @Override
  public void close() {
    dialer.close();
    web.close();
  }
}
