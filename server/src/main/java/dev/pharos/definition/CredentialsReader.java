package dev.pharos.definition;

import dev.pharos.field.Fields;
import dev.pharos.field.TextRule;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code auth_type} and {@code auth_config}. */
final class CredentialsReader {
  private static final int MAX_SECRET = 8192;
  private static final int MAX_NAME = 512;
  private static final Map<String, String> ALGORITHMS =
      new TreeMap<>(Map.of("ES256", "ES256", "RS256", "RS256"));

  private final Fields fields;
  private final Kept kept;
  private final Rules rules;

  CredentialsReader(Fields fields, Kept kept, Rules rules) {
    this.fields = fields;
    this.kept = kept;
    this.rules = rules;
  }

  /** The credentials, or null when they are wrong. */
  @Nullable Credentials read() {
    Map<String, Function<CredentialsReader, @Nullable Credentials>> types = new LinkedHashMap<>();
    types.put("none", CredentialsReader::none);
    types.put("bearer", CredentialsReader::bearer);
    types.put("api_key", CredentialsReader::apiKey);
    types.put("basic", CredentialsReader::basic);
    types.put("headers", CredentialsReader::headers);
    types.put("oauth_client_credentials", CredentialsReader::oauth);
    Function<CredentialsReader, @Nullable Credentials> type = fields.choice("auth_type", types);
    if (type == null) {
      if (!fields.has("auth_type") && fields.has("auth_config")) {
        fields.wrong("auth_type", "is missing: say what auth_config is for");
      }
      return new Credentials.None();
    }
    return type.apply(this);
  }

  private Fields config(String... known) {
    if (known.length > 0 && !fields.has("auth_config")) {
      fields.wrong("auth_config", "is missing: give " + String.join(", ", known));
    }
    return fields.object("auth_config", List.of(known));
  }

  private Credentials none() {
    if (fields.has("auth_config") && !config().isEmpty()) {
      fields.wrong("auth_config", "has no meaning with auth_type none: leave it out");
    }
    return new Credentials.None();
  }

  private @Nullable Credentials bearer() {
    Secret old = kept.credentials() instanceof Credentials.Bearer bearer ? bearer.token() : null;
    Secret token = secret(config("token"), "token", TextRule.HEADER_VALUE, old);
    return token == null ? null : new Credentials.Bearer(token);
  }

  private @Nullable Credentials apiKey() {
    Fields config = config("header", "key");
    Secret old = kept.credentials() instanceof Credentials.ApiKey apiKey ? apiKey.key() : null;
    String header = required(config, "header");
    String complaint = header == null ? null : HeaderRules.complaint(header);
    if (complaint != null) {
      config.wrong("header", complaint);
    }
    Secret key = secret(config, "key", TextRule.HEADER_VALUE, old);
    return header == null || key == null ? null : new Credentials.ApiKey(header, key);
  }

  private @Nullable Credentials basic() {
    Fields config = config("username", "password");
    Secret old = kept.credentials() instanceof Credentials.Basic basic ? basic.password() : null;
    String username = required(config, "username");
    if (username != null && username.contains(":")) {
      config.wrong("username", "must not have a colon (RFC 7617)");
    }
    Secret password = secret(config, "password", TextRule.LINE, old);
    return username == null || password == null ? null : new Credentials.Basic(username, password);
  }

  private Credentials headers() {
    Map<String, Secret> old =
        kept.credentials() instanceof Credentials.Headers headers ? headers.headers() : Map.of();
    Map<String, Secret> headers = HeaderRules.read(fields, "auth_config", kept, old);
    if (!fields.has("auth_config")) {
      fields.wrong("auth_config", "is missing: give the headers and their values");
    }
    return new Credentials.Headers(headers);
  }

  private @Nullable Credentials oauth() {
    Fields config =
        config(
            "client_id", "client_secret", "private_key", "signing_algorithm", "token_url", "scope");
    Credentials.OAuthClientCredentials old =
        kept.credentials() instanceof Credentials.OAuthClientCredentials client ? client : null;
    String clientId = required(config, "client_id");
    Secret secret =
        config.has("client_secret")
            ? secret(
                config, "client_secret", TextRule.LINE, old == null ? null : old.clientSecret())
            : null;
    Secret key =
        config.has("private_key")
            ? secret(config, "private_key", TextRule.PROSE, old == null ? null : old.privateKey())
            : null;
    if (config.has("client_secret") == config.has("private_key")) {
      config.wrong("client_secret", "give either a client_secret or a private_key");
      return null;
    }
    String algorithm = config.choice("signing_algorithm", ALGORITHMS);
    URI tokenUrl = tokenUrl(config);
    String scope = config.text("scope", TextRule.LINE, MAX_NAME);
    return clientId == null || (secret == null && key == null)
        ? null
        : new Credentials.OAuthClientCredentials(clientId, secret, key, algorithm, tokenUrl, scope);
  }

  private @Nullable URI tokenUrl(Fields config) {
    Transport.Http address =
        AddressText.read(config, "token_url", TransportChoice.AUTO, rules, new Kept(null));
    return address == null ? null : address.url();
  }

  private @Nullable Secret secret(Fields config, String key, TextRule rule, @Nullable Secret old) {
    return kept.secret(config, key, rule, MAX_SECRET, old);
  }

  private static @Nullable String required(Fields config, String key) {
    String text = config.text(key, TextRule.LINE, MAX_NAME);
    if (!config.has(key) || (text != null && text.isBlank())) {
      config.wrong(key, "is missing");
      return null;
    }
    return text;
  }
}
