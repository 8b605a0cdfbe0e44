package dev.pharos.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.field.Problem;
import dev.pharos.field.UnreadableException;
import dev.pharos.field.YamlText;
import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.EraChoice;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.ReuseCheck;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Transport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ServerDocumentTest {
  private static final String WHOLE =
      """
      {"name": " github ", "description": "Issues\\nand more", "protocol": "streamable-http",
       "url": "https://mcp.example/mcp", "auth_type": "bearer", "auth_config": {"token": "canary"},
       "headers": {"X-Team": "canary-2"}, "timeout_seconds": 2.5, "tags": ["a", " b ", "a"],
       "expect": "auth_challenge", "era": "session", "can_auto_enable": false,
       "overrides": {"interval_seconds": 5, "adaptive": false, "healthy_interval_seconds": 6,
         "degraded_interval_seconds": 7, "unhealthy_interval_seconds": 8, "fail_after": 3,
         "recover_after": 2, "slow_after_ms": 1500, "check": "ping", "failure_threshold": 4,
         "circuit_timeout_seconds": 90, "max_failure_cycles": 5, "auto_disable_enabled": false},
       "meta_data": {"owner": "me"}, "status": "inactive", "maintenance": true}
      """;

  @Test
  void a_whole_document_is_read_field_by_field() {
    Reading reading = document(WHOLE).read(Rules.LOCAL);

    assertThat(reading.problems()).isEmpty();
    ServerSpec spec = Objects.requireNonNull(reading.spec());
    assertThat(spec.name()).isEqualTo("github");
    assertThat(spec.description()).isEqualTo("Issues\nand more");
    assertThat(((Transport.Http) spec.transport()).url())
        .isEqualTo(URI.create("https://mcp.example/mcp"));
    assertThat(spec.credentials()).isEqualTo(new Credentials.Bearer(new Secret("canary")));
    assertThat(spec.headers()).isEqualTo(Map.of("X-Team", new Secret("canary-2")));
    assertThat(spec.timeout()).isEqualTo(Duration.ofMillis(2500));
    assertThat(spec.tags()).containsExactly("a", "b");
    assertThat(spec.expect()).isEqualTo(Expectation.AUTH_CHALLENGE);
    assertThat(spec.era()).isEqualTo(EraChoice.SESSION);
    assertThat(spec.overrides().slowAfter()).isEqualTo(Duration.ofMillis(1500));
    assertThat(spec.overrides().check()).isEqualTo(ReuseCheck.PING);
    assertThat(spec.overrides().watchedInterval()).isEqualTo(Duration.ofSeconds(6));
    assertThat(spec.canAutoEnable()).isFalse();
    assertThat(spec.metaDataJson()).isEqualTo("{\"owner\":\"me\"}");
    assertThat(reading.status()).isEqualTo(AdminStatus.INACTIVE);
    assertThat(reading.maintenance()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'auth_type': 'none'}",
        "{'auth_type': 'api_key', 'auth_config': {'header': 'X-Key', 'key': 'canary'}}",
        "{'auth_type': 'basic', 'auth_config': {'username': 'me', 'password': 'canary é'}}",
        "{'auth_type': 'headers', 'auth_config': {'X-A': 'canary', 'X-B': 'canary'}}",
        "{'auth_type': 'oauth_client_credentials', 'auth_config': {'client_id': 'me',"
            + " 'client_secret': 'canary', 'token_url': 'https://as.example/t', 'scope': 'a b'}}",
        "{'auth_type': 'oauth_client_credentials', 'auth_config': {'client_id': 'me',"
            + " 'private_key': '-----BEGIN\\ncanary', 'signing_algorithm': 'ES256'}}",
        "{'protocol': 'sse'}",
        "{'url': null, 'command': 'npx', 'args': ['-y', 'a b\\nc'], 'env': {'KEY': 'canary'},"
            + " 'directory': '/srv'}"
      })
  void what_is_shown_reads_back_as_the_same_and_shows_no_secret(String fields) {
    Server server = server(spec(fields));
    String shown = ServerDocument.show(server).toString();

    assertThat(shown).doesNotContain("canary");
    assertThat(document(shown).replace(server, Rules.LOCAL).spec()).isEqualTo(server.spec());
    assertThat(document(shown).patch(server, Rules.LOCAL).spec()).isEqualTo(server.spec());
    assertThat(document("{}").patch(server, Rules.LOCAL).spec()).isEqualTo(server.spec());
  }

  /** Fields of one document, the field that is wrong, and a part of what is said about it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'name': null}|name|is missing
          {'name': 7}|name|must be a text
          {'name': '  '}|name|is empty
          {'name': 'a/b'}|name|slash
          {'name': 'a\\\\b'}|name|slash
          {'name': 'a\\nb'}|name|line break
          {'name': 'a\\u202eb'}|name|hidden
          {'name': 'a\\u0000b'}|name|control
          {'name': '\\ud800'}|name|hidden
          {'name': 'check'}|name|word of the API
          {'name': '..'}|name|word of the API
          {'name': '<129>'}|name|too long
          {'description': {}}|description|must be a text
          {'description': '<1001>'}|description|too long
          {'description': 'a\\u0007'}|description|control
          {'protocol': 'gopher'}|protocol|must be one of auto, http, streamable-http, sse, stdio
          {'protocol': 1}|protocol|must be one of
          {'url': null}|url|is missing
          {'url': 7}|url|must be a text
          {'url': 'ftp://h/'}|url|http://
          {'url': 'http://'}|url|valid
          {'url': 'h'}|url|http://
          {'url': 'http://u:canary@h/'}|url|user name
          {'url': 'http://h/#f'}|url|fragment
          {'url': 'http://h:70000/'}|url|port
          {'url': 'http://h:0/'}|url|port
          {'url': 'http://h/a b'}|url|character
          {'url': 'http://h/\\r\\nX: y'}|url|line break
          {'url': 'http://h/<2048>'}|url|too long
          {'url': 'http://169.254.169.254/'}|url|link-local
          {'url': 'http://0xA9FEA9FE/'}|url|link-local
          {'url': 'http://2852039166/'}|url|link-local
          {'url': 'http://[fe80::1]/'}|url|link-local
          {'url': 'http://[::ffff:169.254.1.1]/'}|url|link-local
          {'command': 'x'}|command|does not go with
          {'args': ['x']}|args|does not go with
          {'env': {'A': 'b'}}|env|does not go with
          {'url': null, 'command': ' '}|command|is missing
          {'url': null, 'command': ['x']}|command|must be a text
          {'url': null, 'command': 'x', 'args': 'y'}|args|must be a list
          {'url': null, 'command': 'x', 'args': [1]}|args[0]|must be a text
          {'url': null, 'command': 'x', 'args': ['\\u0000']}|args[0]|NUL
          {'url': null, 'command': 'x', 'args': <101 items>}|args|at most 100
          {'url': null, 'command': 'x', 'env': []}|env|must be an object
          {'url': null, 'command': 'x', 'env': {'A=B': 'c'}}|env["A=B"]|no name
          {'url': null, 'command': 'x', 'env': {'A': 1}}|env.A|must be a text
          {'url': null, 'command': 'x', 'env': {'A': '••••'}}|env.A|no secret is stored
          {'url': null, 'command': 'x', 'headers': {'A': 'b'}}|headers|does not go with
          {'url': null, 'command': 'x', 'auth_type': 'bearer'}|auth_type|env
          {'url': null, 'command': 'x', 'protocol': 'sse'}|protocol|stdio
          {'auth_type': 'magic'}|auth_type|must be one of none, bearer
          {'auth_config': {'token': 'canary'}}|auth_type|is missing
          {'auth_type': 'none', 'auth_config': {'token': 'canary'}}|auth_config|leave it out
          {'auth_type': 'bearer'}|auth_config|is missing
          {'auth_type': 'bearer', 'auth_config': {'tokn': 'canary', 'token': 'x'}}|auth_config.tokn|did you mean token
          {'auth_type': 'bearer', 'auth_config': 'canary'}|auth_config|must be an object
          {'auth_type': 'bearer', 'auth_config': {'token': ''}}|auth_config.token|is empty
          {'auth_type': 'bearer', 'auth_config': {'token': 5}}|auth_config.token|must be a text
          {'auth_type': 'bearer', 'auth_config': {'token': 'canary\\r\\nX: y'}}|auth_config.token|line break
          {'auth_type': 'bearer', 'auth_config': {'token': '••••'}}|auth_config.token|no secret is stored
          {'auth_type': 'api_key', 'auth_config': {'key': 'canary'}}|auth_config.header|is missing
          {'auth_type': 'api_key', 'auth_config': {'header': 'X Y', 'key': 'canary'}}|auth_config.header|no name of a header
          {'auth_type': 'api_key', 'auth_config': {'header': 'Host', 'key': 'canary'}}|auth_config.header|Pharos itself
          {'auth_type': 'basic', 'auth_config': {'username': 'a:b', 'password': 'canary'}}|auth_config.username|colon
          {'auth_type': 'headers'}|auth_config|is missing
          {'auth_type': 'headers', 'auth_config': {'A B': 'canary'}}|auth_config["A B"]|no name of a header
          {'auth_type': 'oauth_client_credentials', 'auth_config': {'client_id': 'me'}}|auth_config.client_secret|either
          {'auth_type': 'oauth_client_credentials', 'auth_config': {'client_id': 'me', 'client_secret': 'canary', 'token_url': 'x'}}|auth_config.token_url|http://
          {'auth_type': 'oauth_client_credentials', 'auth_config': {'client_id': 'me', 'client_secret': 'canary', 'token_url': 'http://169.254.169.254/'}}|auth_config.token_url|link-local
          {'headers': {'Content-Length': '1'}}|headers.Content-Length|Pharos itself
          {'headers': {'X-A': '1', 'x-a': '2'}}|headers.x-a|twice
          {'headers': {'X-A': 'a\\nb'}}|headers.X-A|line break
          {'headers': {'X-A': 'ä'}}|headers.X-A|ASCII
          {'headers': ['X-A']}|headers|must be an object
          {'timeout_seconds': 0.05}|timeout_seconds|from 0.1 to 600
          {'timeout_seconds': 601}|timeout_seconds|from 0.1 to 600
          {'timeout_seconds': -1}|timeout_seconds|from 0.1 to 600
          {'timeout_seconds': 1e300}|timeout_seconds|from 0.1 to 600
          {'timeout_seconds': '5'}|timeout_seconds|number of seconds
          {'tags': 'a'}|tags|must be a list
          {'tags': [' ']}|tags|empty tag
          {'tags': ['<51>']}|tags[0]|too long
          {'tags': ['a\\nb']}|tags[0]|line break
          {'tags': <21 items>}|tags|at most 20
          {'expect': 'all'}|expect|must be one of tools, auth_challenge
          {'era': 'stone'}|era|must be one of auto, session, stateless
          {'overrides': 5}|overrides|must be an object
          {'overrides': {'interval': 5}}|overrides.interval|did you mean interval_seconds
          {'overrides': {'interval_seconds': 0.5}}|overrides.interval_seconds|from 1 to 86400
          {'overrides': {'adaptive': 'yes'}}|overrides.adaptive|true or false
          {'overrides': {'fail_after': 0}}|overrides.fail_after|from 1
          {'overrides': {'fail_after': 1.5}}|overrides.fail_after|whole number
          {'overrides': {'slow_after_ms': 99999999999999999999}}|overrides.slow_after_ms|whole number
          {'overrides': {'check': 'nothing'}}|overrides.check|must be one of ping, tools
          {'can_auto_enable': 1}|can_auto_enable|true or false
          {'meta_data': []}|meta_data|must be an object
          {'meta_data': {'a': '<16385>'}}|meta_data|at most 16 KiB
          {'status': 'broken'}|status|must be one of active, inactive
          {'maintenance': 'on'}|maintenance|true or false
          {'version': 'x'}|version|whole number
          {'tag': ['a']}|tag|did you mean tags
          {'timeout': 5}|timeout|did you mean timeout_seconds
          {'a\\nb': 1}|["a?b"]|is not known
          """)
  void a_wrong_field_is_named_with_its_remedy(String fields, String field, String message) {
    Reading reading = base(fields).read(Rules.LOCAL);

    assertThat(reading.spec()).isNull();
    assertThat(reading.problems())
        .anySatisfy(problem -> {
          assertThat(problem.field()).isEqualTo(field);
          assertThat(problem.message()).contains(message);
        });
    assertThat(reading.problems().toString()).doesNotContain("canary").doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "'text'", "null", "true"})
  void what_is_no_object_is_refused_in_a_sentence(String text) {
    assertThat(document(text).read(Rules.LOCAL).problems())
        .extracting(Problem::message)
        .contains("must be an object with fields");
  }

  @Test
  void all_problems_come_at_once() {
    String text =
        """
        {"name": "a/b", "url": "x", "timeout_seconds": 0, "tags": [1], "colour": "red"}
        """;

    assertThat(document(text).read(Rules.LOCAL).problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrder("colour", "name", "url", "timeout_seconds", "tags[0]");
  }

  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.1/, false",
    "http://127.0.0.1/, false",
    "http://localhost/, false",
    "http://0x7f000001/, false",
    "http://[::1]/, false",
    "http://[fd00::1]/, false",
    "http://100.64.0.1/, false",
    "http://192.0.2.1/, true",
    "http://some.example/, true"
  })
  void private_addresses_are_allowed_unless_forbidden(String url, boolean open) {
    ServerDocument document = base("{'url': '" + url + "'}");

    assertThat(document.read(Rules.LOCAL).problems()).isEmpty();
    assertThat(document.read(new Rules(true, false, false)).problems().isEmpty()).isEqualTo(open);
  }

  @Test
  void processes_and_link_local_addresses_follow_the_rules() {
    Rules strict = new Rules(false, true, false);
    Rules loose = new Rules(true, true, true);

    assertThat(base("{'url': null, 'command': 'x'}").read(strict).problems())
        .extracting(Problem::field)
        .containsExactly("command");
    assertThat(base("{'url': 'http://169.254.169.254/'}").read(loose).problems()).isEmpty();
  }

  @Test
  void a_patch_changes_what_it_names_and_null_clears() {
    Server server = server(Objects.requireNonNull(document(WHOLE).read(Rules.LOCAL).spec()));

    ServerSpec edited =
        patched(server, "{'description': null, 'timeout_seconds': null, 'tags': ['z']}");

    assertThat(edited.description()).isNull();
    assertThat(edited.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(edited.tags()).containsExactly("z");
    assertThat(edited.credentials()).isEqualTo(server.spec().credentials());
    assertThat(edited.headers()).isEqualTo(server.spec().headers());
    assertThat(edited.overrides()).isEqualTo(server.spec().overrides());
  }

  @Test
  void a_patch_may_replace_keep_and_drop_credentials() {
    Server server = server(spec("{'auth_type': 'bearer', 'auth_config': {'token': 'canary'}}"));

    assertThat(patched(server, "{'auth_config': {'token': 'new'}}").credentials())
        .isEqualTo(new Credentials.Bearer(new Secret("new")));
    assertThat(patched(server, "{'url': 'http://other/'}").credentials())
        .isEqualTo(server.spec().credentials());
    assertThat(patched(server, "{'auth_type': 'none'}").credentials())
        .isEqualTo(new Credentials.None());
    assertThat(patched(server, "{'auth_type': null}").credentials())
        .isEqualTo(new Credentials.None());
    assertThat(base("{'auth_type': 'basic'}").patch(server, Rules.LOCAL).problems())
        .extracting(Problem::field)
        .contains("auth_config");
  }

  @Test
  void dots_for_another_kind_of_secret_keep_nothing() {
    Server server = server(spec("{'auth_type': 'bearer', 'auth_config': {'token': 'canary'}}"));
    String other = "{'auth_type': 'api_key', 'auth_config': {'header': 'X-Key', 'key': '••••'}}";

    assertThat(document(other).patch(server, Rules.LOCAL).problems())
        .extracting(Problem::field)
        .containsExactly("auth_config.key");
  }

  @Test
  void a_server_can_become_a_process_and_back() {
    Server http = server(Objects.requireNonNull(document(WHOLE).read(Rules.LOCAL).spec()));
    ServerSpec process = patched(http, "{'command': 'npx', 'args': ['x']}");

    assertThat(process.transport())
        .isEqualTo(new Transport.Stdio(List.of("npx", "x"), Map.of(), null));
    assertThat(process.credentials()).isEqualTo(new Credentials.None());
    assertThat(process.tags()).containsExactly("a", "b");
    assertThat(patched(server(process), "{'url': 'http://h/'}").transport())
        .isInstanceOf(Transport.Http.class);
  }

  @Test
  void an_unsaved_server_needs_no_name() {
    assertThat(document("{'url': 'http://h/'}").named("x").read(Rules.LOCAL).spec()).isNotNull();
  }

  @Test
  void a_document_prints_nothing_of_what_it_says() {
    assertThat(base("{'auth_type': 'bearer', 'auth_config': {'token': 'canary'}}").toString())
        .doesNotContain("canary");
  }

  private static ServerSpec patched(Server server, String patch) {
    Reading reading = document(patch).patch(server, Rules.LOCAL);
    assertThat(reading.problems()).isEmpty();
    return Objects.requireNonNull(reading.spec());
  }

  private static ServerSpec spec(String fields) {
    Reading reading = base(fields).read(Rules.LOCAL);
    assertThat(reading.problems()).isEmpty();
    return Objects.requireNonNull(reading.spec());
  }

  private static Server server(ServerSpec spec) {
    return new Server(
        new ServerId(1), spec, AdminStatus.ACTIVE, null, false, Instant.EPOCH, Instant.EPOCH, 3);
  }

  /** A good document with other fields laid over it. */
  private static ServerDocument base(String fields) {
    var base = (ObjectNode) json("{'name': 's', 'url': 'http://h/'}");
    json(fields).properties().forEach(field -> base.set(field.getKey(), field.getValue()));
    return ServerDocument.of(base);
  }

  private static ServerDocument document(String text) {
    return ServerDocument.of(json(text));
  }

  /** With plain quotes, {@code <n>} for n letters and {@code <n items>} for a list of n texts. */
  private static JsonNode json(String text) {
    String whole =
        Pattern.compile("<(\\d+)( items)?>")
            .matcher(text.contains("\"") ? text : text.replace('\'', '"'))
            .replaceAll(found -> {
              int count = Integer.parseInt(found.group(1));
              return found.group(2) == null
                  ? "x".repeat(count)
                  : "[" + "\"x\",".repeat(count - 1) + "\"x\"]";
            });
    try {
      return YamlText.read(whole);
    } catch (UnreadableException e) {
      throw new AssertionError(e.reason(), e);
    }
  }
}
