package dev.pharos.http;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Overrides;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.view.Mask;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people set of a server, as JSON; secrets are dots. */
final class DefinitionView {
  private DefinitionView() {}

  static void fill(ObjectNode json, ServerSpec spec) {
    json.put("name", spec.name());
    json.put("description", spec.description());
    switch (spec.transport()) {
      case Transport.Http http -> {
        json.put("protocol", protocol(http.choice()));
        json.put("url", http.url().toString());
      }
      case Transport.Stdio stdio -> process(json, stdio);
    }
    json.put("auth_type", authType(spec.credentials()));
    json.set("auth_config", authConfig(spec.credentials()));
    json.set("headers", dots(spec.headers()));
    Json.seconds(json, "timeout_seconds", spec.timeout());
    json.set("tags", Json.words(spec.tags()));
    json.put("expect", spec.expect().name().toLowerCase(Locale.ROOT));
    json.put("era", spec.era().name().toLowerCase(Locale.ROOT));
    json.set("overrides", overrides(spec.overrides()));
    json.put("can_auto_enable", spec.canAutoEnable());
    JsonNode own = Json.parsed(spec.metaDataJson());
    json.set("meta_data", own == null ? Json.object() : own);
  }

  static String protocol(TransportChoice choice) {
    return switch (choice) {
      case AUTO -> "auto";
      case STREAMABLE_HTTP -> "streamable-http";
      case SSE -> "sse";
    };
  }

  private static void process(ObjectNode json, Transport.Stdio stdio) {
    json.put("protocol", "stdio");
    json.put("command", stdio.command().getFirst());
    json.set("args", Json.words(stdio.command().subList(1, stdio.command().size())));
    json.set("env", dots(stdio.env()));
    json.put("directory", stdio.directory());
  }

  private static ObjectNode dots(Map<String, Secret> secrets) {
    ObjectNode json = Json.object();
    new TreeMap<>(secrets).keySet().forEach(name -> json.put(name, Mask.DOTS));
    return json;
  }

  private static String authType(Credentials credentials) {
    return switch (credentials) {
      case Credentials.None _ -> "none";
      case Credentials.Bearer _ -> "bearer";
      case Credentials.ApiKey _ -> "api_key";
      case Credentials.Basic _ -> "basic";
      case Credentials.Headers _ -> "headers";
      case Credentials.OAuthClientCredentials _ -> "oauth_client_credentials";
    };
  }

  private static ObjectNode authConfig(Credentials credentials) {
    ObjectNode json = Json.object();
    return switch (credentials) {
      case Credentials.None _ -> json;
      case Credentials.Bearer _ -> json.put("token", Mask.DOTS);
      case Credentials.ApiKey key -> json.put("header", key.header()).put("key", Mask.DOTS);
      case Credentials.Basic basic ->
          json.put("username", basic.username()).put("password", Mask.DOTS);
      case Credentials.Headers headers -> dots(headers.headers());
      case Credentials.OAuthClientCredentials client -> oauth(json, client);
    };
  }

  private static ObjectNode oauth(ObjectNode json, Credentials.OAuthClientCredentials client) {
    json.put("client_id", client.clientId());
    if (client.clientSecret() != null) {
      json.put("client_secret", Mask.DOTS);
    }
    if (client.privateKey() != null) {
      json.put("private_key", Mask.DOTS);
      json.put("signing_algorithm", client.signingAlgorithm());
    }
    json.put("token_url", client.tokenUrl() == null ? null : client.tokenUrl().toString());
    return json.put("scope", client.scope());
  }

  /** Only those that differ from the fleet's. */
  private static ObjectNode overrides(Overrides own) {
    ObjectNode json = Json.object();
    seconds(json, "interval_seconds", own.interval());
    put(json, "adaptive", own.adaptive());
    seconds(json, "watched_interval_seconds", own.watchedInterval());
    seconds(json, "degraded_interval_seconds", own.degradedInterval());
    seconds(json, "unhealthy_interval_seconds", own.unhealthyInterval());
    put(json, "fail_after", own.failAfter());
    put(json, "recover_after", own.recoverAfter());
    seconds(json, "slow_after_seconds", own.slowAfter());
    if (own.check() != null) {
      json.put("check", own.check().wire());
    }
    put(json, "failure_threshold", own.failureThreshold());
    seconds(json, "circuit_timeout_seconds", own.circuitTimeout());
    put(json, "max_failure_cycles", own.maxFailureCycles());
    put(json, "auto_disable", own.autoDisable());
    return json;
  }

  private static void seconds(ObjectNode json, String name, @Nullable Duration time) {
    if (time != null) {
      Json.seconds(json, name, time);
    }
  }

  private static void put(ObjectNode json, String name, @Nullable Integer value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static void put(ObjectNode json, String name, @Nullable Boolean value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
