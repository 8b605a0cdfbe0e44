package dev.pharos.oauth;

import static dev.pharos.oauth.OAuthFixture.client;
import static dev.pharos.oauth.OAuthFixture.failure;
import static dev.pharos.trace.FailureKind.AUTH_DISCOVERY_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.FailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerDiscoveryTest {
  private static final String RESOURCE = "/.well-known/oauth-protected-resource/mcp";
  private static final String ROOT = "/.well-known/oauth-protected-resource";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";
  private static final String TOKEN = "{\"access_token\":\"t0ken\",\"token_type\":\"bearer\"}";

  private OAuthFixture fixture;

  @BeforeEach
  void listen() throws IOException {
    fixture = new OAuthFixture(Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void issuer(String issuer) {
    fixture.web.json(
        RESOURCE, "{\"resource\":\"{base}/mcp\",\"authorization_servers\":[\"" + issuer + "\"]}");
  }

  @Test
  void an_issuer_with_a_path_is_sought_in_three_places() throws FailureException {
    issuer("{base}/t");
    fixture.web.json(
        "/t" + OPENID, "{\"issuer\":\"{base}/t\",\"token_endpoint\":\"{base}/t/token\"}");
    fixture.web.json("/t/token", TOKEN);
    assertThat(fixture.token(client()).value()).isEqualTo("t0ken");
    assertThat(fixture.web.targets())
        .containsExactly(
            "GET " + RESOURCE,
            "GET " + OAUTH + "/t",
            "GET " + OPENID + "/t",
            "GET /t" + OPENID,
            "POST /t/token");
  }

  @Test
  void an_issuer_without_a_path_is_sought_in_two_places() throws FailureException {
    issuer("{base}");
    fixture.web.json(OPENID, "{\"issuer\":\"{base}\",\"token_endpoint\":\"{base}/token\"}");
    fixture.web.json("/token", TOKEN);
    fixture.token(client());
    assertThat(fixture.web.targets())
        .containsExactly("GET " + RESOURCE, "GET " + OAUTH, "GET " + OPENID, "POST /token");
  }

  @ParameterizedTest
  @CsvSource({"{base}, {base}/", "{base}/, {base}"})
  void the_slash_of_an_empty_path_makes_no_other_issuer(String named, String written)
      throws FailureException {
    issuer(named);
    fixture.web.json(OAUTH, "{\"issuer\":\"" + written + "\",\"token_endpoint\":\"{base}/token\"}");
    fixture.web.json("/token", TOKEN);
    assertThat(fixture.token(client()).value()).isEqualTo("t0ken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"token_endpoint\":\"{base}/token\"}|names no issuer",
        "{\"issuer\":\"{base}/x\",\"token_endpoint\":\"{base}/token\"}|of another issuer",
        "{\"issuer\":\"https://evil.test\",\"token_endpoint\":\"{base}/token\"}|of another issuer",
        "{\"issuer\":\"{base}\"}|names no token_endpoint",
        "{\"issuer\":\"{base}\",\"token_endpoint\":[]}|names no token_endpoint",
        "{\"issuer\":\"{base}\",\"token_endpoint\":\"/token\"}|no absolute https",
        "{\"issuer\":\"{base}\",\"token_endpoint\":\"http://other.test:{port}/token\"}|plain http",
        "nonsense|no JSON object",
      })
  void broken_metadata_is_named_and_no_secret_is_sent(String document, String why) {
    issuer("{base}");
    fixture.web.json(OAUTH, document);
    FailureException failure = failure(AUTH_DISCOVERY_ERROR, () -> fixture.token(client()));
    assertThat(failure.detail())
        .contains(fixture.web.base() + OAUTH + ": ", why, OPENID + ": HTTP 404");
    assertThat(fixture.web.targets()).noneMatch(target -> target.startsWith("POST"));
  }

  @Test
  void a_document_of_another_issuer_is_discarded_and_the_next_place_asked()
      throws FailureException {
    issuer("{base}");
    fixture.web.json(OAUTH, "{\"issuer\":\"https://x.test\",\"token_endpoint\":\"{base}/evil\"}");
    fixture.web.json(OPENID, "{\"issuer\":\"{base}\",\"token_endpoint\":\"{base}/token\"}");
    fixture.web.json("/token", TOKEN);
    assertThat(fixture.token(client()).value()).isEqualTo("t0ken");
  }

  @Test
  void an_authorization_server_that_is_down_is_named() throws IOException {
    String gone;
    try (PretendWeb other = new PretendWeb()) {
      gone = other.base();
    }
    issuer(gone);
    FailureException failure = failure(AUTH_DISCOVERY_ERROR, () -> fixture.token(client()));
    assertThat(failure.detail())
        .startsWith(gone + OAUTH + ": ")
        .contains("nothing accepts connections");
  }

  @Test
  void a_server_of_2025_03_26_is_its_own_authorization_server() throws FailureException {
    fixture.web.json(OAUTH, "{\"issuer\":\"{base}\",\"token_endpoint\":\"{base}/own\"}");
    fixture.web.json("/own", TOKEN);
    assertThat(fixture.token(client()).value()).isEqualTo("t0ken");
    assertThat(fixture.form()).containsEntry("resource", fixture.mcp().toString());
  }

  @Test
  void a_server_that_publishes_nothing_is_asked_at_its_token_path() throws FailureException {
    fixture.web.json("/token", TOKEN);
    assertThat(fixture.token(client()).value()).isEqualTo("t0ken");
    assertThat(fixture.web.targets())
        .containsExactly(
            "GET " + RESOURCE, "GET " + ROOT, "GET " + OAUTH, "GET " + OPENID, "POST /token");
  }

  @ParameterizedTest
  @CsvSource({RESOURCE + ", 500", ROOT + ", 503", OAUTH + ", 502"})
  void a_broken_document_is_no_missing_one_and_gets_no_secret(String path, int status) {
    fixture.web.json("/token", TOKEN);
    fixture.web.answer(path, status, Map.of(), "{}");
    FailureException failure = failure(AUTH_DISCOVERY_ERROR, () -> fixture.token(client()));
    assertThat(failure.detail()).contains(path + ": HTTP " + status);
    assertThat(fixture.web.targets()).noneMatch(target -> target.startsWith("POST"));
  }

  @Test
  void a_challenge_that_names_metadata_rules_the_old_way_out() {
    fixture.web.json("/token", TOKEN);
    Challenge challenge =
        OAuthFixture.challenge("resource_metadata", fixture.web.base() + "/nothing");
    FailureException failure =
        failure(
            AUTH_DISCOVERY_ERROR,
            () ->
                fixture.oauth.clientCredentials(fixture.mcp(), client(), challenge, fixture.look));
    assertThat(failure.detail()).contains("/nothing: HTTP 404");
    assertThat(fixture.web.targets()).containsExactly("GET /nothing");
  }
}
