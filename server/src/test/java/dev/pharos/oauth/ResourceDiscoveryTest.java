package dev.pharos.oauth;

import static dev.pharos.oauth.OAuthFixture.challenge;
import static dev.pharos.oauth.OAuthFixture.failure;
import static dev.pharos.trace.FailureKind.AUTH_DISCOVERY_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceDiscoveryTest {
  private static final String BELOW = "/.well-known/oauth-protected-resource/mcp";
  private static final String ROOT = "/.well-known/oauth-protected-resource";
  private static final String GOOD =
      """
      {"resource":"{base}/mcp","authorization_servers":["https://as.test/t","{base}"],
       "scopes_supported":["read",7,"bad scope","wr\\"ite","list"],"unknown":[{}]}\
      """;

  private OAuthFixture fixture;

  @BeforeEach
  void listen() throws IOException {
    fixture = new OAuthFixture(Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void the_address_in_the_challenge_is_the_only_one_asked() throws FailureException {
    fixture.web.json("/meta?x=1", GOOD);
    ResourceMetadata metadata =
        fixture.resource(challenge("resource_metadata", fixture.web.base() + "/meta?x=1"));
    assertThat(metadata.resource()).isEqualTo(fixture.web.base() + "/mcp");
    assertThat(metadata.authorizationServers())
        .containsExactly(URI.create("https://as.test/t"), URI.create(fixture.web.base()));
    assertThat(metadata.scopesSupported()).containsExactly("read", "list");
    assertThat(fixture.web.targets()).containsExactly("GET /meta?x=1");
    assertThat(fixture.web.seen().getFirst().header("Accept")).isEqualTo("application/json");
    assertThat(fixture.web.seen().getFirst().header("Authorization")).isNull();
  }

  @Test
  void without_a_challenge_the_place_below_the_path_comes_first() throws FailureException {
    fixture.web.json(BELOW, GOOD).json(ROOT, GOOD);
    fixture.resource(null);
    assertThat(fixture.web.targets()).containsExactly("GET " + BELOW);
  }

  @ParameterizedTest
  @CsvSource({"404, gone", "401, {}", "500, {}", "200, <html>", "302, ''", "200, '{\"a\":1}'"})
  void the_root_is_asked_when_the_first_place_has_nothing_usable(int status, String body)
      throws FailureException {
    fixture.web.answer(BELOW, status, Map.of("Location", "https://other.test/"), body);
    fixture.web.json(ROOT, GOOD.replace("/mcp", ""));
    assertThat(fixture.resource(challenge("scope", "x")).resource()).isEqualTo(fixture.web.base());
    assertThat(fixture.web.targets()).containsExactly("GET " + BELOW, "GET " + ROOT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|no JSON object",
        "''|no JSON object",
        "<html>|no JSON object",
        "{\"resource\":|no JSON object",
        "{\"authorization_servers\":[\"{base}\"]}|names no resource",
        "{\"resource\":7,\"authorization_servers\":[\"{base}\"]}|names no resource",
        "{\"resource\":\"nonsense\",\"authorization_servers\":[\"{base}\"]}|“nonsense”",
        "{\"resource\":\"{base}/other\",\"authorization_servers\":[\"{base}\"]}|does not cover",
        "{\"resource\":\"{base}/mc\",\"authorization_servers\":[\"{base}\"]}|does not cover",
        "{\"resource\":\"{base}/mcp#f\",\"authorization_servers\":[\"{base}\"]}|does not cover",
        "{\"resource\":\"https://127.0.0.1:{port}/mcp\",\"authorization_servers\":[\"{base}\"]}"
            + "|does not cover",
        "{\"resource\":\"http://localhost:{port}/mcp\",\"authorization_servers\":[\"{base}\"]}"
            + "|does not cover",
        "{\"resource\":\"{base}/mcp\"}|no authorization server",
        "{\"resource\":\"{base}/mcp\",\"authorization_servers\":[]}|no authorization server",
        "{\"resource\":\"{base}/mcp\",\"authorization_servers\":\"{base}\"}|no authorization server",
        "{\"resource\":\"{base}/mcp\",\"authorization_servers\":[\"as\"]}|no absolute https",
        "{\"resource\":\"{base}/mcp\",\"authorization_servers\":[\"http://as.test\"]}|plain http",
        "{\"resource\":\"{base}/mcp\",\"authorization_servers\":[\"{base}?a=b\"]}|has a query",
        "{\"resource\":\"{base}/mcp\",\"authorization_servers\":[\"file:///x\"]}|no absolute https",
      })
  void a_broken_document_is_named_with_what_is_wrong(String document, String why) {
    fixture.web.json("/meta", document);
    String named = fixture.web.base() + "/meta";
    FailureException failure =
        failure(
            AUTH_DISCOVERY_ERROR, () -> fixture.resource(challenge("resource_metadata", named)));
    assertThat(failure.detail()).contains(named, why);
  }

  @Test
  void every_place_that_failed_is_named_with_its_status() {
    fixture.web.answer(ROOT, 503, Map.of(), "");
    FailureException failure = failure(AUTH_DISCOVERY_ERROR, () -> fixture.resource(null));
    assertThat(failure.detail())
        .contains(BELOW + ": HTTP 404")
        .contains(ROOT + ": HTTP 503")
        .contains("protected resource " + fixture.mcp());
  }

  @Test
  void redirects_within_the_origin_are_followed() throws FailureException {
    fixture.web.answer(BELOW, 307, Map.of("Location", "/a"), "");
    fixture.web.answer("/a", 302, Map.of("Location", "{base}/b"), "");
    fixture.web.json("/b", GOOD);
    assertThat(fixture.resource(null).authorizationServers()).hasSize(2);
  }

  @Test
  void redirects_that_never_end_are_given_up_after_three() {
    fixture.web.answer("/meta", 302, Map.of("Location", "/meta"), "");
    String named = fixture.web.base() + "/meta";
    FailureException failure =
        failure(
            AUTH_DISCOVERY_ERROR, () -> fixture.resource(challenge("resource_metadata", named)));
    assertThat(failure.detail()).contains("too many redirects");
    assertThat(fixture.web.seen()).hasSize(4);
  }

  @Test
  void a_redirect_to_another_host_is_told_and_not_followed() throws IOException {
    try (PretendWeb other = new PretendWeb()) {
      other.json("/x", GOOD);
      fixture.web.answer("/meta", 302, Map.of("Location", other.base() + "/x?canary"), "");
      String named = fixture.web.base() + "/meta";
      FailureException failure =
          failure(
              AUTH_DISCOVERY_ERROR, () -> fixture.resource(challenge("resource_metadata", named)));
      assertThat(failure.detail()).contains("another host", other.base() + "/x");
      assertThat(other.seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 100_000})
  void deep_nesting_is_refused(int depth) {
    fixture.web.json("/meta", "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
    String named = fixture.web.base() + "/meta";
    assertThat(
            failure(
                    AUTH_DISCOVERY_ERROR,
                    () -> fixture.resource(challenge("resource_metadata", named)))
                .detail())
        .contains("no JSON object");
  }

  @Test
  void an_endless_document_is_refused() {
    fixture.web.json("/meta", "{\"a\":\"" + "x".repeat(2_000_000) + "\"}");
    String named = fixture.web.base() + "/meta";
    FailureException failure =
        failure(
            AUTH_DISCOVERY_ERROR, () -> fixture.resource(challenge("resource_metadata", named)));
    assertThat(failure.detail()).contains("256 KiB");
    assertThat(fixture.look.bytesRead()).isBetween(256L * 1024, 512L * 1024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://other.test:{port}/m", "ftp://x.test/m", "/m", "nonsense", "http://u@h/"})
  void an_address_that_must_not_be_asked_is_not_asked(String named) {
    String address = named.replace("{port}", String.valueOf(fixture.web.port()));
    FailureException failure =
        failure(
            AUTH_DISCOVERY_ERROR, () -> fixture.resource(challenge("resource_metadata", address)));
    assertThat(failure.detail()).contains("challenge");
    assertThat(fixture.web.seen()).isEmpty();
  }

  @Test
  void nobody_listening_is_a_broken_discovery_that_names_the_address() throws IOException {
    String named;
    try (PretendWeb gone = new PretendWeb()) {
      named = gone.base() + "/meta";
    }
    FailureException failure =
        failure(
            AUTH_DISCOVERY_ERROR, () -> fixture.resource(challenge("resource_metadata", named)));
    assertThat(failure.detail()).startsWith(named + ": ").contains("nothing accepts connections");
    assertThat(failure.getCause())
        .isInstanceOfSatisfying(
            FailureException.class,
            cause -> assertThat(cause.kind()).isEqualTo(FailureKind.REFUSED));
  }

  @Test
  void the_whole_way_counts_as_the_stage_auth() throws FailureException {
    fixture.web.json(BELOW, GOOD);
    fixture.resource(null);
    assertThat(fixture.look.clock().times())
        .extracting(StageTime::stage)
        .containsExactly(Stage.HTTP, Stage.AUTH);
    assertThat(fixture.look.clock().current()).isEqualTo(Stage.AUTH);
  }
}
