package dev.pharos.definition;

import dev.pharos.field.Seconds;
import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.EraChoice;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Overrides;
import dev.pharos.fleet.QuerySecrets;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes specifications as documents. */
final class ServerWriter {
  static final Set<String> KEYS =
      new LinkedHashSet<>(
          List.of(
              "name",
              "description",
              "protocol",
              "url",
              "command",
              "args",
              "env",
              "directory",
              "auth_type",
              "auth_config",
              "headers",
              "timeout_seconds",
              "tags",
              "expect",
              "era",
              "overrides",
              "can_auto_enable",
              "meta_data",
              "status",
              "maintenance",
              "version"));

  static final Map<String, Expectation> EXPECTATIONS = new LinkedHashMap<>();
  static final Map<String, EraChoice> ERAS = new LinkedHashMap<>();
  static final Map<String, AdminStatus> STATUSES = new LinkedHashMap<>();

  static {
    EXPECTATIONS.put("tools", Expectation.TOOLS);
    EXPECTATIONS.put("auth_challenge", Expectation.AUTH_CHALLENGE);
    ERAS.put("auto", EraChoice.AUTO);
    ERAS.put("session", EraChoice.SESSION);
    ERAS.put("stateless", EraChoice.STATELESS);
    for (AdminStatus status : AdminStatus.values()) {
      STATUSES.put(status.wire(), status);
    }
  }

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Function<Secret, String> secrets;

  /**
   * @param secrets how a secret is written
   */
  ServerWriter(Function<Secret, String> secrets) {
    this.secrets = secrets;
  }

  /** Everything that can be set. */
  ObjectNode full(ServerSpec spec) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", spec.name());
    json.put("description", spec.description());
    transport(json, spec.transport());
    if (spec.transport() instanceof Transport.Http) {
      credentials(json, spec.credentials());
      json.set("headers", secrets(spec.headers()));
    }
    json.set("timeout_seconds", Seconds.json(spec.timeout()));
    spec.tags().forEach(json.putArray("tags")::add);
    json.put("expect", word(EXPECTATIONS, spec.expect()));
    json.put("era", word(ERAS, spec.era()));
    json.set("overrides", OverridesText.write(spec.overrides()));
    json.put("can_auto_enable", spec.canAutoEnable());
    json.set("meta_data", MAPPER.readTree(spec.metaDataJson()));
    return json;
  }

  /** The same without what is so by default. */
  ObjectNode brief(ServerSpec spec) {
    ObjectNode json = full(spec);
    ObjectNode plain = full(plain(spec));
    for (String key : List.copyOf(json.propertyNames())) {
      boolean identity = key.equals("name") || key.equals("url") || key.equals("command");
      if (!identity && json.path(key).equals(plain.path(key))) {
        json.remove(key);
      }
    }
    return json;
  }

  /** A server reached the same way, of which nothing else was said. */
  private static ServerSpec plain(ServerSpec spec) {
    Transport transport =
        switch (spec.transport()) {
          case Transport.Http http -> new Transport.Http(http.url(), TransportChoice.AUTO);
          case Transport.Stdio stdio ->
              new Transport.Stdio(List.of(stdio.command().getFirst()), Map.of(), null);
        };
    Target target = Target.of(spec.name(), transport);
    return new ServerSpec(
        spec.name(),
        null,
        transport,
        target.credentials(),
        Map.of(),
        target.timeout(),
        List.of(),
        target.expect(),
        target.era(),
        Overrides.NONE,
        true,
        ServerReader.NO_META_DATA);
  }

  private void transport(ObjectNode json, Transport transport) {
    switch (transport) {
      case Transport.Http http -> {
        json.put("protocol", protocol(http.choice()));
        json.put(
            "url",
            QuerySecrets.write(
                http.url().toString(), (_, value) -> secrets.apply(new Secret(value))));
      }
      case Transport.Stdio stdio -> {
        json.put("protocol", "stdio");
        json.put("command", stdio.command().getFirst());
        stdio.command().stream().skip(1).forEach(json.putArray("args")::add);
        json.set("env", secrets(stdio.env()));
        json.put("directory", stdio.directory());
      }
    }
  }

  private static String protocol(TransportChoice choice) {
    return switch (choice) {
      case AUTO -> "auto";
      case STREAMABLE_HTTP -> "streamable-http";
      case SSE -> "sse";
    };
  }

  private void credentials(ObjectNode json, Credentials credentials) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    String type =
        switch (credentials) {
          case Credentials.None _ -> "none";
          case Credentials.Bearer bearer -> {
            config.put("token", secret(bearer.token()));
            yield "bearer";
          }
          case Credentials.ApiKey apiKey -> {
            config.put("header", apiKey.header()).put("key", secret(apiKey.key()));
            yield "api_key";
          }
          case Credentials.Basic basic -> {
            config.put("username", basic.username()).put("password", secret(basic.password()));
            yield "basic";
          }
          case Credentials.Headers headers -> {
            config = secrets(headers.headers());
            yield "headers";
          }
          case Credentials.OAuthClientCredentials client -> {
            oauth(config, client);
            yield "oauth_client_credentials";
          }
        };
    json.put("auth_type", type);
    json.set("auth_config", config);
  }

  private void oauth(ObjectNode config, Credentials.OAuthClientCredentials client) {
    config.put("client_id", client.clientId());
    put(config, "client_secret", secret(client.clientSecret()));
    put(config, "private_key", secret(client.privateKey()));
    put(config, "signing_algorithm", client.signingAlgorithm());
    put(config, "token_url", client.tokenUrl() == null ? null : client.tokenUrl().toString());
    put(config, "scope", client.scope());
  }

  private static void put(ObjectNode json, String key, @Nullable String value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  private @Nullable String secret(@Nullable Secret secret) {
    return secret == null ? null : secrets.apply(secret);
  }

  /** Sorted: the same server is written the same each time. */
  private ObjectNode secrets(Map<String, Secret> named) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(named).forEach((name, secret) -> json.put(name, secrets.apply(secret)));
    return json;
  }

  private static <E> @Nullable String word(Map<String, E> words, E meaning) {
    for (Map.Entry<String, E> word : words.entrySet()) {
      if (word.getValue().equals(meaning)) {
        return word.getKey();
      }
    }
    return null;
  }

  /** The keys under which two documents differ, in the order of {@link #KEYS}. */
  static List<String> differences(JsonNode a, JsonNode b) {
    return KEYS.stream().filter(key -> !a.path(key).equals(b.path(key))).toList();
  }
}
