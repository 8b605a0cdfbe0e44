package dev.pharos.conformance;

import dev.pharos.conformance.ScenarioClient.Tool;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Secret;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program that the suite starts for each scenario: reads from its environment what to do, and
 * does it with our client. The last argument is the server's address.
 */
final class ConformanceClient {
  private ConformanceClient() {}

  public static void main(String[] args) throws Exception {
    URI url = URI.create(args[args.length - 1]);
    String scenario = environment("MCP_CONFORMANCE_SCENARIO");
    String revision = environment("MCP_CONFORMANCE_PROTOCOL_VERSION");
    JsonNode context =
        JsonMapper.shared()
            .readTree(Objects.requireNonNullElse(System.getenv("MCP_CONFORMANCE_CONTEXT"), "{}"));
    try (ScenarioClient client = PharosClient.open(url, revision, credentials(context))) {
      run(scenario, client, context);
    }
  }

  private static void run(String scenario, ScenarioClient client, JsonNode context)
      throws Exception {
    switch (scenario) {
      case "tools_call" -> {
        client.listTools();
        client.callTool("add_numbers", "{\"a\":2,\"b\":3}");
      }
      case "http-standard-headers" -> useEverything(client);
      case "http-custom-headers" -> {
        client.listTools();
        for (JsonNode call : context.path("toolCalls")) {
          client.callTool(call.path("name").stringValue(), call.path("arguments").toString());
        }
      }
      case "sse-retry", "http-invalid-tool-headers" -> callAll(client);
      // The rest judges how we open the conversation and list.
      default -> client.listTools();
    }
  }

  private static void callAll(ScenarioClient client) throws Exception {
    for (Tool tool : client.listTools()) {
      client.callTool(tool.name(), "{\"region\":\"eu-west1\"}");
    }
  }

  private static void useEverything(ScenarioClient client) throws Exception {
    for (Tool tool : client.listTools()) {
      client.callTool(tool.name(), "{}");
    }
    for (String uri : client.listResources()) {
      client.readResource(uri);
    }
    for (String prompt : client.listPrompts()) {
      client.getPrompt(prompt);
    }
  }

  private static Credentials credentials(JsonNode context) {
    if (!context.has("client_id")) {
      return new Credentials.None();
    }
    return new Credentials.OAuthClientCredentials(
        context.path("client_id").stringValue(),
        secret(context, "client_secret"),
        secret(context, "private_key_pem"),
        context.path("signing_algorithm").stringValue(null),
        null,
        null);
  }

  private static @Nullable Secret secret(JsonNode context, String field) {
    String value = context.path(field).stringValue(null);
    return value == null ? null : new Secret(value);
  }

  private static String environment(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
