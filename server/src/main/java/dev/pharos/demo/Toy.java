package dev.pharos.demo;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a toy server answers to a message, whatever carries it. */
final class Toy {
  static final int UNKNOWN_METHOD = -32601;
  private static final int BAD_PARAMS = -32602;
  private static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";

  private final Supplier<Catalogue> catalogue;
  private final boolean stateless;

  /**
   * A toy that shows what the catalogue says at the moment.
   *
   * @param stateless whether it speaks revision 2026-07-28 instead of one with a handshake
   */
  Toy(Supplier<Catalogue> catalogue, boolean stateless) {
    this.catalogue = catalogue;
    this.stateless = stateless;
  }

  /** The answer to a request; null where none is due. */
  @Nullable ObjectNode answer(JsonNode message) {
    JsonNode id = message.get("id");
    JsonNode method = message.path("method");
    if (id == null || !method.isString()) {
      return null;
    }
    ObjectNode answer = object().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.setAll(reply(method.asString(), message.path("params")));
    return answer;
  }

  private ObjectNode reply(String method, JsonNode params) {
    Catalogue now = catalogue.get();
    return switch (method) {
      case "initialize" -> stateless ? unknown(method) : result(initialized(now));
      case "ping" -> stateless ? unknown(method) : result(object());
      case "server/discover" -> stateless ? cached(discovered(now)) : unknown(method);
      case "tools/list" -> list(now, "tools", method);
      case "prompts/list" -> list(now, "prompts", method);
      case "resources/list" -> list(now, "resources", method);
      case "resources/templates/list" -> list(now, "resourceTemplates", method);
      case "tools/call" -> call(now, params);
      case "prompts/get" -> prompt(now, params);
      case "resources/read" -> resource(now, params);
      default -> unknown(method);
    };
  }

  private static ObjectNode initialized(Catalogue now) {
    ObjectNode result = object().put("protocolVersion", now.revision());
    result.set("capabilities", now.capabilities());
    result.set("serverInfo", now.info());
    return result.put("instructions", now.instructions());
  }

  private static ObjectNode discovered(Catalogue now) {
    ObjectNode result = object();
    result.putArray("supportedVersions").add(now.revision());
    result.set("capabilities", now.capabilities());
    result.put("instructions", now.instructions());
    result.putObject("_meta").set(SERVER_INFO, now.info());
    return result;
  }

  private ObjectNode list(Catalogue now, String field, String method) {
    ArrayNode items = now.list(field);
    if (items == null) {
      return unknown(method);
    }
    ObjectNode result = object();
    result.set(field, items);
    return cached(result);
  }

  private ObjectNode call(Catalogue now, JsonNode params) {
    String name = params.path("name").asString("");
    JsonNode tool = now.item("tools", name);
    if (tool == null) {
      return error(BAD_PARAMS, "Unknown tool: " + name);
    }
    JsonNode arguments = params.path("arguments");
    for (Argument each : Argument.all(tool.path("takes"))) {
      if (each.value(arguments) == null) {
        return result(content("The argument " + each.name() + " is missing.", true));
      }
    }
    return result(content(Words.of(tool, arguments), tool.path("fails").asBoolean(false)));
  }

  private static ObjectNode content(String text, boolean failed) {
    ObjectNode result = object();
    result.putArray("content").addObject().put("type", "text").put("text", text);
    return result.put("isError", failed);
  }

  private ObjectNode prompt(Catalogue now, JsonNode params) {
    JsonNode prompt = now.item("prompts", params.path("name").asString(""));
    if (prompt == null) {
      return error(BAD_PARAMS, "Unknown prompt");
    }
    ObjectNode result = object().put("description", prompt.path("does").asString());
    ObjectNode message = result.putArray("messages").addObject().put("role", "user");
    String text = Words.of(prompt, params.path("arguments"));
    message.putObject("content").put("type", "text").put("text", text);
    return result(result);
  }

  private ObjectNode resource(Catalogue now, JsonNode params) {
    String uri = params.path("uri").asString("");
    JsonNode resource = now.item("resources", uri);
    if (resource == null) {
      return error(stateless ? BAD_PARAMS : -32002, "Resource not found");
    }
    ObjectNode result = object();
    result
        .putArray("contents")
        .addObject()
        .put("uri", uri)
        .put("mimeType", resource.path("type").asString())
        .put("text", Words.of(resource, object()));
    return cached(result);
  }

  /** Revision 2026-07-28 wants to be told how long a result is fresh, and that it is whole. */
  private ObjectNode cached(ObjectNode result) {
    return result(stateless ? result.put("ttlMs", 60_000).put("cacheScope", "public") : result);
  }

  private ObjectNode result(ObjectNode result) {
    ObjectNode reply = object();
    reply.set("result", stateless ? result.put("resultType", "complete") : result);
    return reply;
  }

  private static ObjectNode unknown(String method) {
    return error(UNKNOWN_METHOD, "Method not found: " + method);
  }

  private static ObjectNode error(int code, String text) {
    ObjectNode reply = object();
    reply.putObject("error").put("code", code).put("message", text);
    return reply;
  }

  /** An error that answers nothing that could be read. */
  static ObjectNode refusal(int code, String text) {
    ObjectNode message = object().put("jsonrpc", "2.0");
    message.putNull("id");
    message.setAll(error(code, text));
    return message;
  }

  /** A message that lists changed. */
  static ObjectNode changed(String list) {
    return object().put("jsonrpc", "2.0").put("method", "notifications/" + list + "/list_changed");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** What an item says, with the arguments in their places. */
  private static final class Words {
    private Words() {}

    static String of(JsonNode item, JsonNode arguments) {
      List<JsonNode> sayings = List.copyOf(item.path("says").values());
      String text = sayings.get(Math.floorMod(arguments.hashCode(), sayings.size())).asString();
      for (Argument each : Argument.all(item.path("takes"))) {
        String value = each.value(arguments);
        text = text.replace("{" + each.name() + "}", value == null ? "" : value);
      }
      return text;
    }
  }
}
