package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the result of {@code initialize} or {@code server/discover} says.
 *
 * @param versions the negotiated revision, or those that a stateless server supports
 * @param lists what the server offers
 * @param hints whether the server announces changes of its lists
 */
record Handshake(List<String> versions, Identity identity, Set<ListKind> lists, boolean hints) {
  private static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";
  private static final int MAX_TEXT = 64 * 1024;

  /** The result of {@code initialize}. */
  static Handshake initialized(JsonNode result, Look look) throws FailureException {
    JsonNode version = result.get("protocolVersion");
    if (version == null || !version.isString()) {
      throw new FailureException(
          FailureKind.SCHEMA_VIOLATION, "the answer to initialize has no protocolVersion");
    }
    if (!result.path("capabilities").isObject()) {
      look.note(FindingKind.SCHEMA, "the answer to initialize has no capabilities");
    }
    if (!result.path("serverInfo").path("name").isString()) {
      look.note(FindingKind.SCHEMA, "the answer to initialize has no serverInfo with a name");
    }
    return of(List.of(version.stringValue()), result.path("serverInfo"), result);
  }

  /**
   * The result of {@code server/discover}, or null when it is something else that an older server
   * says to anything.
   */
  static @Nullable Handshake discovered(JsonNode result) {
    JsonNode supported = result.get("supportedVersions");
    if (supported == null || !supported.isArray()) {
      return null;
    }
    List<String> versions = new ArrayList<>();
    for (JsonNode version : supported) {
      if (version.isString()) {
        versions.add(version.stringValue());
      }
    }
    JsonNode info = result.path("_meta").path(SERVER_INFO);
    return of(versions, info.isObject() ? info : result.path("serverInfo"), result);
  }

  /** Notes what the stateless revision requires of a result and this one lacks. */
  static void noteCacheFields(JsonNode result, String method, Look look) {
    if (!result.has("ttlMs") || !result.has("cacheScope")) {
      look.note(
          FindingKind.SCHEMA,
          "the answer to " + method + " lacks ttlMs or cacheScope, which 2026-07-28 requires");
    }
  }

  private static Handshake of(List<String> versions, JsonNode info, JsonNode result) {
    JsonNode capabilities = result.path("capabilities");
    Set<ListKind> lists = EnumSet.noneOf(ListKind.class);
    boolean hints = false;
    for (ListKind kind : ListKind.values()) {
      JsonNode capability = capabilities.get(kind.capability());
      if (capability != null && !capability.isNull()) {
        lists.add(kind);
        hints |= capability.path("listChanged").asBoolean(false);
      }
    }
    Identity identity =
        new Identity(
            text(info, "name"),
            text(info, "title"),
            text(info, "version"),
            text(result, "instructions"),
            written(capabilities));
    return new Handshake(versions, identity, lists, hints);
  }

  /** The capabilities as JSON; more than a server can reasonably say is left out. */
  private static String written(JsonNode capabilities) {
    String json = capabilities.isObject() ? Text.whole(Json.write(capabilities)) : "{}";
    return json.length() > MAX_TEXT ? "{}" : json;
  }

  /** Notes invisible characters in the instructions, which a model reads. */
  void noteHidden(Look look) {
    String instructions = identity.instructions();
    int hidden = instructions == null ? -1 : HiddenText.firstHidden(Json.quote(instructions));
    if (hidden >= 0) {
      look.note(
          FindingKind.HIDDEN_UNICODE,
          "the instructions hold the invisible character U+%04X".formatted(hidden));
    }
  }

  private static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null || !value.isString()) {
      return null;
    }
    String text = value.stringValue();
    return Text.whole(text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text);
  }
}
