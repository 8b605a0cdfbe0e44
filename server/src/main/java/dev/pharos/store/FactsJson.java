package dev.pharos.store;

import dev.pharos.fleet.Facts;
import dev.pharos.fleet.ServerInfo;
import dev.pharos.trace.Certificate;
import dev.pharos.trace.Era;
import dev.pharos.trace.TransportKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What changes seldom of a server as the column {@code facts}. */
final class FactsJson {
  private FactsJson() {}

  static String write(Facts it) {
    ObjectNode json = Json.object();
    Json.put(json, "transport", it.transport() == null ? null : it.transport().wire());
    Json.put(json, "era", it.era() == null ? null : it.era().wire());
    Json.put(json, "protocol_version", it.protocolVersion());
    if (it.serverInfo() != null) {
      json.set("server_info", info(it.serverInfo()));
    }
    Json.put(json, "instructions", it.instructions());
    Json.put(json, "capabilities", it.capabilitiesJson());
    Json.put(json, "url", it.url());
    if (it.certificate() != null) {
      certificate(json.putObject("certificate"), it.certificate());
    }
    if (it.tokenExpiresAt() != null) {
      json.put("token_expires_at", Moments.micros(it.tokenExpiresAt()));
    }
    return json.toString();
  }

  static Facts read(@Nullable String text) {
    if (text == null) {
      return Facts.NONE;
    }
    JsonNode json = Json.parse(text);
    return new Facts(
        Names.ofOrNull(TransportKind.class, Json.string(json, "transport")),
        Names.ofOrNull(Era.class, Json.string(json, "era")),
        Json.string(json, "protocol_version"),
        info(json.path("server_info")),
        Json.string(json, "instructions"),
        Json.string(json, "capabilities"),
        Json.string(json, "url"),
        certificate(json.path("certificate")),
        Json.instant(json, "token_expires_at"));
  }

  /** What the server says of itself, as the column {@code server_info}. */
  static @Nullable String serverInfo(Facts facts) {
    return facts.serverInfo() == null ? null : info(facts.serverInfo()).toString();
  }

  private static ObjectNode info(ServerInfo it) {
    ObjectNode json = Json.object().put("name", it.name());
    Json.put(json, "title", it.title());
    Json.put(json, "version", it.version());
    return json;
  }

  private static @Nullable ServerInfo info(JsonNode json) {
    return json.isObject()
        ? new ServerInfo(
            Json.required(json, "name"), Json.string(json, "title"), Json.string(json, "version"))
        : null;
  }

  private static void certificate(ObjectNode json, Certificate it) {
    json.put("subject", it.subject()).put("issuer", it.issuer());
    json.put("not_after", Moments.micros(it.notAfter()));
  }

  private static @Nullable Certificate certificate(JsonNode json) {
    return json.isObject()
        ? new Certificate(
            Json.required(json, "subject"),
            Json.required(json, "issuer"),
            Objects.requireNonNull(Json.instant(json, "not_after")))
        : null;
  }
}
