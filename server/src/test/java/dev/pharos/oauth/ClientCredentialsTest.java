package dev.pharos.oauth;

import static dev.pharos.oauth.OAuthFixture.NOW;
import static dev.pharos.oauth.OAuthFixture.SECRET;
import static dev.pharos.oauth.OAuthFixture.client;
import static dev.pharos.oauth.OAuthFixture.failure;
import static dev.pharos.trace.FailureKind.TOKEN_ERROR;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.Certificate;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ClientCredentialsTest {
  private static final String METHODS = ",\"token_endpoint_auth_methods_supported\":";

  private OAuthFixture fixture;

  @BeforeEach
  void listen() throws IOException {
    fixture = new OAuthFixture(Duration.ofSeconds(20)).good();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        METHODS + "[]",
        METHODS + "[\"client_secret_basic\"]",
        METHODS + "[\"client_secret_post\",\"private_key_jwt\",\"client_secret_basic\"]"
      })
  void a_secret_goes_into_the_basic_header_form_encoded(String more) throws FailureException {
    fixture.server(more);
    OAuthClient client = new OAuthClient("me: ü", SECRET, null, null, null, null);
    assertThat(fixture.token(client)).isEqualTo(new AccessToken("t0ken", null));

    String header = requireNonNull(fixture.tokenRequest().header("Authorization"));
    assertThat(header).startsWith("Basic ");
    String[] pair =
        new String(Base64.getDecoder().decode(header.substring(6)), US_ASCII).split(":", -1);
    assertThat(pair).hasSize(2);
    assertThat(pair[0]).isEqualTo("me%3A+%C3%BC");
    assertThat(OAuthFixture.decoded(pair[1])).isEqualTo(SECRET);
    assertThat(fixture.form())
        .containsOnlyKeys("grant_type", "resource", "scope")
        .containsEntry("grant_type", "client_credentials")
        .containsEntry("resource", fixture.mcp().toString());
    assertThat(fixture.tokenRequest().header("Content-Type"))
        .isEqualTo("application/x-www-form-urlencoded");
  }

  @Test
  void a_secret_goes_into_the_body_when_the_server_takes_only_that() throws FailureException {
    fixture.server(METHODS + "[\"client_secret_post\"]");
    fixture.token(client());
    assertThat(fixture.tokenRequest().header("Authorization")).isNull();
    assertThat(fixture.form())
        .containsEntry("client_id", "me")
        .containsEntry("client_secret", SECRET);
  }

  @ParameterizedTest
  @CsvSource({"EC, 256, SHA256withECDSAinP1363Format", "RSA, 2048, SHA256withRSA"})
  void a_key_signs_an_assertion_for_the_issuer(String family, int bits, String verifier)
      throws Exception {
    fixture.server(METHODS + "[\"private_key_jwt\"]");
    KeyPair pair = Keys.pair(family, bits);
    fixture.token(new OAuthClient("me", null, Keys.pem(pair), null, null, null));

    Map<String, String> form = fixture.form();
    assertThat(form)
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        .containsEntry("client_id", "me")
        .doesNotContainKey("client_secret");
    String[] parts = requireNonNull(form.get("client_assertion")).split("\\.", -1);
    Signature signature = Signature.getInstance(verifier);
    signature.initVerify(pair.getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    JsonNode claims = requireNonNull(Json.object(Base64.getUrlDecoder().decode(parts[1])));
    assertThat(claims.path("aud").stringValue()).isEqualTo(fixture.web.base());
    assertThat(claims.path("iat").asLong()).isEqualTo(NOW.getEpochSecond());
  }

  @ParameterizedTest
  @CsvSource({"[\"private_key_jwt\"]", "[\"none\"]"})
  void a_server_that_takes_no_secret_is_not_sent_one(String methods) {
    fixture.server(METHODS + methods);
    FailureException failure = failure(TOKEN_ERROR, () -> fixture.token(client()));
    assertThat(failure.detail()).contains("the client has a client secret", "/token");
    assertThat(fixture.web.targets()).noneMatch(target -> target.startsWith("POST"));
  }

  @Test
  void a_broken_key_is_told_before_anybody_is_asked() {
    OAuthClient client = new OAuthClient("me", null, "canary", null, null, null);
    FailureException failure = failure(TOKEN_ERROR, () -> fixture.token(client));
    assertThat(failure.detail()).contains("private key");
    assertThat(fixture.web.seen()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mine, asked, true, mine",
    "'  ', asked, true, asked",
    ", asked more, true, asked more",
    ", , true, read list",
    ", ' ', true, read list",
    ", , false,",
    "mine, , false, mine",
  })
  void the_scope_is_the_clients_else_the_challenges_else_the_resources(
      @Nullable String own, @Nullable String asked, boolean known, @Nullable String sent)
      throws FailureException {
    if (!known) {
      fixture.web.json(
          "/.well-known/oauth-protected-resource/mcp",
          "{\"resource\":\"{base}/mcp\",\"authorization_servers\":[\"{base}\"]}");
    }
    Challenge challenge = asked == null ? null : OAuthFixture.challenge("scope", asked);
    fixture.oauth.clientCredentials(fixture.mcp(), client(null, own), challenge, fixture.look);
    assertThat(fixture.form().get("scope")).isEqualTo(sent);
  }

  @Test
  void the_resource_is_sent_as_its_metadata_writes_it() throws FailureException {
    fixture.web.json(
        "/.well-known/oauth-protected-resource/mcp",
        "{\"resource\":\"{base}/\",\"authorization_servers\":[\"{base}\"]}");
    fixture.token(client());
    assertThat(fixture.form()).containsEntry("resource", fixture.web.base() + "/");
  }

  @Test
  void a_named_token_url_is_asked_without_any_discovery() throws FailureException {
    fixture.web.json("/own?x=1", "{\"access_token\":\"own\",\"token_type\":\"BEARER\"}");
    URI mcp = URI.create(fixture.mcp() + "/?key=canary#f");
    OAuthClient client = client(fixture.web.url("/own?x=1"), null);
    AccessToken token = fixture.oauth.clientCredentials(mcp, client, null, fixture.look);
    assertThat(token.value()).isEqualTo("own");
    assertThat(fixture.web.targets()).containsExactly("POST /own?x=1");
    assertThat(fixture.form())
        .containsEntry("resource", fixture.mcp().toString())
        .doesNotContainKey("scope");
  }

  @Test
  void a_key_with_a_named_token_url_is_meant_for_that_url() throws Exception {
    String pem = Keys.pem(Keys.pair("EC", 256));
    fixture.token(new OAuthClient("me", null, pem, "ES256", fixture.web.url("/token"), null));
    String claims = requireNonNull(fixture.form().get("client_assertion")).split("\\.", -1)[1];
    JsonNode json = requireNonNull(Json.object(Base64.getUrlDecoder().decode(claims)));
    assertThat(json.path("aud").stringValue()).isEqualTo(fixture.web.base() + "/token");
  }

  @Test
  void a_named_token_url_over_an_open_line_is_refused() {
    URI open = URI.create("http://other.test:" + fixture.web.port() + "/token");
    FailureException failure = failure(TOKEN_ERROR, () -> fixture.token(client(open, null)));
    assertThat(failure.detail()).contains("plain http");
    assertThat(fixture.web.seen()).isEmpty();
  }

  @Test
  void the_authorization_server_leaves_no_trace_but_the_time_in_auth() throws FailureException {
    Certificate certificate = new Certificate("CN=mcp", "CN=ca", NOW);
    fixture.look.certificate(certificate);
    fixture.token(client());
    assertThat(fixture.look.certificate()).isEqualTo(certificate);
    assertThat(fixture.look.clock().times())
        .extracting(StageTime::stage)
        .containsExactly(Stage.HTTP, Stage.AUTH);
    assertThat(fixture.look.bytesRead()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
  void the_tap_hears_the_way_but_no_secret(String method) throws FailureException {
    fixture.server(METHODS + "[\"" + method + "\"]");
    fixture.token(client());
    String sent = requireNonNull(fixture.tokenRequest().headers()).toString();
    assertThat(String.join("\n", fixture.heard))
        .contains("GET /.well-known/", "POST /token", "scopes_supported")
        .contains("grant_type=client_credentials", "access_token")
        .doesNotContain("t0ken", "s3cret", "canary");
    int basic = sent.indexOf("Basic ");
    if (basic >= 0) {
      assertThat(String.join("\n", fixture.heard))
          .doesNotContain(sent.substring(basic, basic + 20));
    }
  }
}
