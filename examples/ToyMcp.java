import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A toy MCP server without a transport: JSON text in, JSON text out. It speaks the session
 * revisions (initialize) and the stateless one (server/discover), and has two tools. ToyHttpServer
 * and ToyStdioServer put a transport around it.
 */
final class ToyMcp {
  private static final List<String> SESSION =
      List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");
  private static final String STATELESS = "2026-07-28";
  private static final Map<String, Object> INFO = Map.of("name", "toy", "version", "1.0.0");
  private static final Map<String, Object> CAPABILITIES = Map.of("tools", Map.of());

  /** An answer that is an error of JSON-RPC. */
  private static final class RpcError extends Exception {
    final int code;
    final Map<String, Object> data;

    RpcError(int code, String message, Map<String, Object> data) {
      super(message);
      this.code = code;
      this.data = data;
    }
  }

  /** The answer to one message, or null when none is due. */
  static String answer(String text) {
    Object message;
    try {
      message = Json.parse(text);
    } catch (IllegalArgumentException e) {
      return error(null, -32700, "that is no JSON", Map.of());
    }
    if (!(message instanceof Map<?, ?> request)
        || !(request.get("method") instanceof String method)) {
      return error(null, -32600, "that is no request", Map.of());
    }
    Object id = request.get("id");
    if (id == null) {
      return null;
    }
    try {
      Map<?, ?> params = request.get("params") instanceof Map<?, ?> map ? map : Map.of();
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("jsonrpc", "2.0");
      answer.put("id", id);
      answer.put("result", result(method, params));
      return Json.write(answer);
    } catch (RpcError e) {
      return error(id, e.code, e.getMessage(), e.data);
    }
  }

  private static Map<String, Object> result(String method, Map<?, ?> params) throws RpcError {
    Object asked =
        params.get("_meta") instanceof Map<?, ?> meta
            ? meta.get("io.modelcontextprotocol/protocolVersion")
            : null;
    if (asked == null) {
      return switch (method) {
        case "initialize" -> initialize(params);
        case "ping" -> Map.of();
        case "tools/list" -> Map.of("tools", tools());
        case "tools/call" -> call(params);
        default -> throw new RpcError(-32601, "no such method", Map.of());
      };
    }
    if (!asked.equals(STATELESS)) {
      throw new RpcError(
          -32022,
          "that revision is not spoken here",
          Map.of("supported", List.of(STATELESS), "requested", asked));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("resultType", "complete");
    result.putAll(
        switch (method) {
          case "server/discover" ->
              Map.of(
                  "supportedVersions",
                  List.of(STATELESS),
                  "capabilities",
                  CAPABILITIES,
                  "ttlMs",
                  0L,
                  "cacheScope",
                  "public");
          case "tools/list" -> Map.of("tools", tools(), "ttlMs", 0L, "cacheScope", "public");
          case "tools/call" -> call(params);
          default -> throw new RpcError(-32601, "no such method", Map.of());
        });
    result.put("_meta", Map.of("io.modelcontextprotocol/serverInfo", INFO));
    return result;
  }

  private static Map<String, Object> initialize(Map<?, ?> params) {
    Object asked = params.get("protocolVersion");
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("protocolVersion", SESSION.contains(asked) ? asked : SESSION.getFirst());
    result.put("capabilities", CAPABILITIES);
    result.put("serverInfo", INFO);
    result.put("instructions", "A toy: it repeats what you say and adds what you give.");
    return result;
  }

  private static List<Object> tools() {
    return List.of(
        tool("echo", "Repeats a text.", Map.of("text", Map.of("type", "string")), List.of("text")),
        tool(
            "add",
            "Adds two numbers.",
            Map.of("a", Map.of("type", "number"), "b", Map.of("type", "number")),
            List.of("a", "b")));
  }

  private static Map<String, Object> tool(
      String name, String description, Map<String, Object> properties, List<String> required) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    Map<String, Object> tool = new LinkedHashMap<>();
    tool.put("name", name);
    tool.put("description", description);
    tool.put("inputSchema", schema);
    return tool;
  }

  private static Map<String, Object> call(Map<?, ?> params) throws RpcError {
    Map<?, ?> given = params.get("arguments") instanceof Map<?, ?> map ? map : Map.of();
    Object name = params.get("name");
    if ("echo".equals(name)) {
      return given.get("text") instanceof String text
          ? said(text, false)
          : said("text is missing", true);
    } else if ("add".equals(name)) {
      return given.get("a") instanceof Number a && given.get("b") instanceof Number b
          ? said(Double.toString(a.doubleValue() + b.doubleValue()), false)
          : said("a and b must be numbers", true);
    }
    throw new RpcError(-32602, "no such tool", Map.of());
  }

  private static Map<String, Object> said(String text, boolean failed) {
    return Map.of("content", List.of(Map.of("type", "text", "text", text)), "isError", failed);
  }

  private static String error(Object id, int code, String message, Map<String, Object> data) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", (long) code);
    error.put("message", message);
    if (!data.isEmpty()) {
      error.put("data", data);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", id);
    answer.put("error", error);
    return Json.write(answer);
  }

  /** As little JSON as a toy needs: maps, lists, strings, numbers, booleans and null. */
  static final class Json {
    private static final int MAX_DEPTH = 64;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
      this.text = text;
    }

    static Object parse(String text) {
      Json json = new Json(text);
      Object value = json.value();
      json.space();
      if (json.at < text.length()) {
        throw new IllegalArgumentException("text behind the end");
      }
      return value;
    }

    private Object value() {
      if (++depth > MAX_DEPTH) {
        throw new IllegalArgumentException("too deep");
      }
      space();
      Object value =
          switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
          };
      depth--;
      return value;
    }

    private Map<String, Object> object() {
      Map<String, Object> map = new LinkedHashMap<>();
      at++;
      space();
      while (peek() != '}') {
        String key = string();
        space();
        expect(':');
        map.put(key, value());
        next('}');
      }
      at++;
      return map;
    }

    private List<Object> array() {
      List<Object> list = new ArrayList<>();
      at++;
      space();
      while (peek() != ']') {
        list.add(value());
        next(']');
      }
      at++;
      return list;
    }

    private void next(char end) {
      space();
      if (peek() != end) {
        expect(',');
        space();
      }
    }

    private String string() {
      expect('"');
      StringBuilder out = new StringBuilder();
      for (char c = take(); c != '"'; c = take()) {
        out.append(c == '\\' ? escape() : c);
      }
      return out.toString();
    }

    private char escape() {
      char c = take();
      return switch (c) {
        case 'n' -> '\n';
        case 't' -> '\t';
        case 'r' -> '\r';
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'u' -> {
          at += 4;
          if (at > text.length()) {
            throw new IllegalArgumentException("cut");
          }
          yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        default -> c;
      };
    }

    private Object number() {
      int start = at;
      while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      String number = text.substring(start, at);
      // An integer must come back as it was: it may be a request's id.
      return number.matches("-?\\d{1,18}") ? (Object) Long.valueOf(number) : Double.valueOf(number);
    }

    private Object word(String word, Object value) {
      if (!text.startsWith(word, at)) {
        throw new IllegalArgumentException("unknown word");
      }
      at += word.length();
      return value;
    }

    private void space() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private char peek() {
      return at < text.length() ? text.charAt(at) : '\0';
    }

    private char take() {
      if (at >= text.length()) {
        throw new IllegalArgumentException("cut");
      }
      return text.charAt(at++);
    }

    private void expect(char c) {
      if (take() != c) {
        throw new IllegalArgumentException("something else than " + c);
      }
    }

    static String write(Object value) {
      StringBuilder out = new StringBuilder();
      write(value, out);
      return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
      switch (value) {
        case Map<?, ?> map -> {
          String comma = "{";
          for (Map.Entry<?, ?> one : map.entrySet()) {
            out.append(comma);
            quote((String) one.getKey(), out);
            out.append(':');
            write(one.getValue(), out);
            comma = ",";
          }
          out.append(map.isEmpty() ? "{}" : "}");
        }
        case List<?> list -> {
          String comma = "[";
          for (Object one : list) {
            out.append(comma);
            write(one, out);
            comma = ",";
          }
          out.append(list.isEmpty() ? "[]" : "]");
        }
        case String string -> quote(string, out);
        case null, default -> out.append(value);
      }
    }

    private static void quote(String text, StringBuilder out) {
      out.append('"');
      for (char c : text.toCharArray()) {
        if (c == '"' || c == '\\') {
          out.append('\\').append(c);
        } else if (c < 0x20) {
          out.append(String.format("\\u%04x", (int) c));
        } else {
          out.append(c);
        }
      }
      out.append('"');
    }
  }

  /** The bytes of a text. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ToyMcp() {}
}
