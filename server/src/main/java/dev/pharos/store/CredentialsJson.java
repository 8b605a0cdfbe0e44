package dev.pharos.store;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Secret;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Credentials and further headers as the columns {@code auth_type} and, before it is sealed, {@code
 * auth_config}.
 */
final class CredentialsJson {
  private static final String CREDENTIALS = "credentials";
  private static final String HEADERS = "headers";

  private CredentialsJson() {}

  static String type(Credentials credentials) {
    return switch (credentials) {
      case Credentials.None _ -> "none";
      case Credentials.Bearer _ -> "bearer";
      case Credentials.ApiKey _ -> "api_key";
      case Credentials.Basic _ -> "basic";
      case Credentials.Headers _ -> "headers";
      case Credentials.OAuthClientCredentials _ -> "oauth_client_credentials";
    };
  }

  /** The secrets in the clear, or null when there are none. */
  static @Nullable String write(Credentials credentials, Map<String, Secret> headers) {
    if (credentials instanceof Credentials.None && headers.isEmpty()) {
      return null;
    }
    ObjectNode json = Json.object();
    json.set(CREDENTIALS, fields(credentials));
    json.set(HEADERS, Json.secrets(headers));
    return json.toString();
  }

  /** What somebody wrote: our own form, or the bare fields of the credentials. */
  static String whole(String text) {
    JsonNode json = Json.parse(text);
    if (!json.isObject()) {
      throw new StoreException("auth_config is no JSON object");
    }
    if (json.has(CREDENTIALS) || json.has(HEADERS)) {
      return text;
    }
    ObjectNode whole = Json.object();
    whole.set(CREDENTIALS, json);
    return whole.toString();
  }

  /** The type as it is set, or, when none is, the one that the fields are for. */
  static String fitting(String type, @Nullable String text) {
    JsonNode fields = part(text, CREDENTIALS);
    if (!type.equals("none") || fields.isEmpty()) {
      return type;
    }
    if (fields.has("token")) {
      return "bearer";
    }
    if (fields.has("key")) {
      return "api_key";
    }
    if (fields.has("client_id")) {
      return "oauth_client_credentials";
    }
    return fields.has("username") ? "basic" : "headers";
  }

  static Credentials credentials(String type, @Nullable String text) {
    JsonNode json = part(text, CREDENTIALS);
    return switch (type) {
      case "none" -> new Credentials.None();
      case "bearer" -> new Credentials.Bearer(Json.requiredSecret(json, "token"));
      case "api_key" ->
          new Credentials.ApiKey(Json.required(json, "header"), Json.requiredSecret(json, "key"));
      case "basic" ->
          new Credentials.Basic(
              Json.required(json, "username"), Json.requiredSecret(json, "password"));
      case "headers" -> new Credentials.Headers(Json.secrets(json));
      case "oauth_client_credentials" -> oauth(json);
      default -> throw new StoreException("a row of the database has an unknown auth_type");
    };
  }

  static Map<String, Secret> headers(@Nullable String text) {
    return Json.secrets(part(text, HEADERS));
  }

  private static JsonNode part(@Nullable String text, String name) {
    return text == null ? Json.object() : Json.parse(text).path(name);
  }

  private static ObjectNode fields(Credentials credentials) {
    ObjectNode json = Json.object();
    return switch (credentials) {
      case Credentials.None _ -> json;
      case Credentials.Bearer it -> json.put("token", it.token().reveal());
      case Credentials.ApiKey it -> json.put("header", it.header()).put("key", it.key().reveal());
      case Credentials.Basic it ->
          json.put("username", it.username()).put("password", it.password().reveal());
      case Credentials.Headers it -> Json.secrets(it.headers());
      case Credentials.OAuthClientCredentials it -> oauth(json, it);
    };
  }

  private static ObjectNode oauth(ObjectNode json, Credentials.OAuthClientCredentials it) {
    json.put("client_id", it.clientId());
    Json.put(json, "client_secret", it.clientSecret());
    Json.put(json, "private_key", it.privateKey());
    Json.put(json, "signing_algorithm", it.signingAlgorithm());
    Json.put(json, "token_url", it.tokenUrl() == null ? null : it.tokenUrl().toString());
    Json.put(json, "scope", it.scope());
    return json;
  }

  private static Credentials oauth(JsonNode json) {
    String tokenUrl = Json.string(json, "token_url");
    return new Credentials.OAuthClientCredentials(
        Json.required(json, "client_id"),
        Json.secret(json, "client_secret"),
        Json.secret(json, "private_key"),
        Json.string(json, "signing_algorithm"),
        tokenUrl == null ? null : URI.create(tokenUrl),
        Json.string(json, "scope"));
  }
}
