package dev.pharos.testing.simulator;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All answers to JSON-RPC requests, by method. */
final class Replies {
  final Reply unknownMethod;
  final Reply noSession = Reply.error(400, -32000, "Bad Request: no session", "");
  final Reply unknownSession = Reply.error(404, -32001, "Session not found", "");

  private final Map<String, Reply> byMethod = new HashMap<>();

  Replies(SimulatorSettings settings) {
    Catalog catalog = new Catalog(settings);
    boolean sse = settings.sse();
    if (settings.stateless()) {
      byMethod.put("server/discover", Reply.result(catalog.discover(), sse));
      byMethod.put("initialize", unsupported());
    } else {
      byMethod.put("initialize", Reply.result(catalog.initialize(), sse));
      byMethod.put("ping", Reply.result(catalog.nothing(), sse));
    }
    unknownMethod = Reply.error(settings.stateless() ? 404 : 200, -32601, "Method not found", "");
    byMethod.put(
        "tools/list",
        settings.changing()
            ? Reply.changing(catalog.tools(), sse)
            : Reply.result(catalog.tools(), sse));
    if (settings.prompts() > 0) {
      byMethod.put("prompts/list", Reply.result(catalog.prompts(), sse));
    }
    if (settings.resources() > 0) {
      byMethod.put("resources/list", Reply.result(catalog.resources(), sse));
      byMethod.put("resources/templates/list", Reply.result(catalog.templates(), sse));
    }
  }

  private static Reply unsupported() {
    return Reply.error(
        400,
        -32022,
        "Unsupported protocol version",
        ",\"data\":{\"supported\":[\"2026-07-28\"],\"requested\":\"2025-11-25\"}");
  }

  @Nullable Reply of(String method) {
    return byMethod.get(method);
  }

  int largest() {
    return byMethod.values().stream().mapToInt(Reply::room).max().orElse(0);
  }
}
