package dev.pharos.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Streamable HTTP without sessions, as revision 2026-07-28 has it: each request stands alone, and
 * {@code subscriptions/listen} is the stream to hold. Thread-safe.
 */
final class StatelessEndpoint implements HttpHandler {
  private static final String REVISION = "2026-07-28";
  private static final String META = "io.modelcontextprotocol/";
  private static final int BAD_HEADER = -32020;
  private static final int OTHER_VERSION = -32022;

  private final Toy toy;
  private final Streams streams;

  StatelessEndpoint(Toy toy, Streams streams) {
    this.toy = toy;
    this.streams = streams;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    boolean held = false;
    try {
      held = handled(exchange);
    } finally {
      if (!held) {
        exchange.close();
      }
    }
  }

  /** Answers, and says whether the answer is a stream that goes on. */
  private boolean handled(HttpExchange exchange) throws IOException {
    if (Http.foreign(exchange)) {
      Http.refuse(exchange, 403);
      return false;
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      Http.only(exchange, "POST");
      return false;
    }
    JsonNode message = Http.message(exchange);
    if (message == null || !fits(exchange, message)) {
      return false;
    }
    if (message.path("method").asString("").equals("subscriptions/listen")) {
      return listen(exchange, message);
    }
    ObjectNode answer = toy.answer(message);
    if (answer == null) {
      Http.refuse(exchange, 202);
    } else {
      Http.send(exchange, Http.status(answer), answer);
    }
    return false;
  }

  /** Whether headers and message agree, as the revision demands; answers itself when not. */
  private static boolean fits(HttpExchange exchange, JsonNode message) throws IOException {
    String version = Http.header(exchange, "MCP-Protocol-Version");
    JsonNode meta = message.path("params").path("_meta");
    ObjectNode refusal = null;
    if (!REVISION.equals(version)) {
      refusal = Toy.refusal(OTHER_VERSION, "Unsupported protocol version");
      ObjectNode data = ((ObjectNode) refusal.path("error")).putObject("data");
      data.putArray("supported").add(REVISION);
      data.put("requested", version);
    } else if (!message.path("method").asString("").equals(Http.header(exchange, "Mcp-Method"))) {
      refusal = Toy.refusal(BAD_HEADER, "Mcp-Method differs from the message");
    } else if (message.has("id")
        && !REVISION.equals(meta.path(META + "protocolVersion").asString(""))) {
      refusal = Toy.refusal(BAD_HEADER, "MCP-Protocol-Version differs from the message");
    } else if (message.has("id") && !meta.has(META + "clientCapabilities")) {
      refusal = Toy.refusal(-32602, "_meta lacks the client's capabilities");
    }
    if (refusal == null) {
      return true;
    }
    if (message.has("id")) {
      refusal.set("id", message.get("id"));
    }
    Http.send(exchange, 400, refusal);
    return false;
  }

  private boolean listen(HttpExchange exchange, JsonNode message) throws IOException {
    String name = UUID.randomUUID().toString();
    if (streams.begin(name, exchange) == null) {
      return false;
    }
    ObjectNode granted = JsonNodeFactory.instance.objectNode();
    granted.put("jsonrpc", "2.0").put("method", "notifications/subscriptions/acknowledged");
    ObjectNode params = granted.putObject("params");
    params.putObject("notifications").put("toolsListChanged", true);
    params.putObject("_meta").set(META + "subscriptionId", message.get("id"));
    return streams.tell(name, granted);
  }
}
