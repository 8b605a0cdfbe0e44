package dev.pharos.testing.simulator;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The texts of the results that simulated servers give. */
final class Catalog {
  /** Ten digits in the first tool's description, counted up where answers are to change. */
  static final String COUNTER = "0000000000";

  private static final String FILLER = "Looks for what it was asked for and says what it found. ";
  private static final String ENVELOPE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":}";
  private static final String STATELESS =
      "\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\"public\",";

  private final SimulatorSettings settings;

  Catalog(SimulatorSettings settings) {
    this.settings = settings;
  }

  String initialize() {
    return """
    {"protocolVersion":"2025-11-25","capabilities":%s,\
    "serverInfo":{"name":"simulated","version":"1.0"}}\
    """
        .formatted(capabilities());
  }

  String discover() {
    return """
    {%s"supportedVersions":["2026-07-28"],"capabilities":%s,\
    "_meta":{"io.modelcontextprotocol/serverInfo":{"name":"simulated","version":"1.0"}}}\
    """
        .formatted(STATELESS, capabilities());
  }

  /** The list of tools, filled up so that the whole answer has the length that is set. */
  String tools() {
    String bare = tools(0, 0);
    int missing = settings.bytes() - ENVELOPE.length() - bare.length();
    if (missing <= 0 || settings.tools() == 0) {
      return bare;
    }
    return tools(missing / settings.tools(), missing % settings.tools());
  }

  private String tools(int filling, int more) {
    return list(
        "tools",
        settings.tools(),
        i ->
            """
            {"name":"tool_%04d","title":"Tool %04d","description":"%s%s","inputSchema":\
            {"type":"object","properties":{"query":{"type":"string","description":"What to look for"},\
            "limit":{"type":"integer","minimum":1,"maximum":100}},"required":["query"]}}\
            """
                .formatted(i, i, i == 0 ? COUNTER : "", filler(filling + (i == 0 ? more : 0))));
  }

  String prompts() {
    return list(
        "prompts",
        settings.prompts(),
        i -> "{\"name\":\"prompt_%04d\",\"description\":\"A prompt\"}".formatted(i));
  }

  String resources() {
    return list(
        "resources",
        settings.resources(),
        i -> "{\"uri\":\"memo://%04d\",\"name\":\"Memo %04d\"}".formatted(i, i));
  }

  String templates() {
    return list("resourceTemplates", 0, i -> "");
  }

  String nothing() {
    return "{}";
  }

  private String capabilities() {
    return "{\"tools\":{\"listChanged\":true}"
        + (settings.prompts() > 0 ? ",\"prompts\":{}" : "")
        + (settings.resources() > 0 ? ",\"resources\":{}" : "")
        + "}";
  }

  private interface Entry {
    String of(int number);
  }

  private String list(String name, int count, Entry entry) {
    return IntStream.range(0, count)
        .mapToObj(entry::of)
        .collect(
            Collectors.joining(
                ",", "{" + (settings.stateless() ? STATELESS : "") + "\"" + name + "\":[", "]}"));
  }

  private static String filler(int length) {
    return FILLER.repeat(length / FILLER.length() + 1).substring(0, length);
  }
}
