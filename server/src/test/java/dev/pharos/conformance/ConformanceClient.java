package dev.pharos.conformance;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.mcp.ListKind;
import dev.pharos.mcp.ListedItem;
import dev.pharos.probe.ProbeSettings;
import dev.pharos.probe.Prober;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program that the suite starts for each scenario: reads from its environment what to do, and
 * does it with our client. The last argument is the server's address. Ends with 1 when our client
 * fails.
 */
final class ConformanceClient {
  private ConformanceClient() {}

  public static void main(String[] args) throws FailureException {
    URI url = URI.create(args[args.length - 1]);
    String revision = environment("MCP_CONFORMANCE_PROTOCOL_VERSION");
    JsonNode context =
        JsonMapper.shared()
            .readTree(Objects.requireNonNullElse(System.getenv("MCP_CONFORMANCE_CONTEXT"), "{}"));
    String scenario = environment("MCP_CONFORMANCE_SCENARIO");
    switch (scenario) {
      case "tools_call",
          "sse-retry",
          "http-standard-headers",
          "http-custom-headers",
          "http-invalid-tool-headers" ->
          talk(scenario, url, revision, context);
      // The rest judges how we open a conversation and list: a plain look does that.
      default -> look(url, revision, credentials(context));
    }
  }

  private static void look(URI url, String revision, Credentials credentials) {
    Target target =
        new Target(
            "conformance",
            new Transport.Http(url, TransportChoice.AUTO),
            credentials,
            Map.of(),
            Expectation.TOOLS,
            Target.DEFAULT_TIMEOUT);
    try (Prober prober =
        new Prober(ProbeSettings.DEFAULT, InstantSource.system(), Ticker.system())) {
      Outcome outcome = prober.look(target, new PrintingTap());
      must(outcome instanceof Outcome.Passed, outcome.toString());
      must(revision.equals(outcome.seen().facts().protocolVersion()), outcome.toString());
    }
  }

  private static void talk(String scenario, URI url, String revision, JsonNode context)
      throws FailureException {
    try (ConversationClient client = ConversationClient.open(url)) {
      must(client.revision().equals(revision), "revision " + client.revision());
      switch (scenario) {
        case "http-standard-headers" -> useEverything(client);
        case "http-custom-headers" -> callAsTold(client, context);
        default -> callEach(client, "{\"a\":2,\"b\":3,\"region\":\"eu-west1\"}");
      }
    }
  }

  private static void callEach(ConversationClient client, String argumentsJson)
      throws FailureException {
    for (ListedItem tool : client.callableTools()) {
      client.callTool(tool, argumentsJson);
    }
  }

  private static void callAsTold(ConversationClient client, JsonNode context)
      throws FailureException {
    for (ListedItem tool : client.callableTools()) {
      for (JsonNode call : context.path("toolCalls")) {
        if (tool.key().equals(call.path("name").asString(""))) {
          client.callTool(tool, call.path("arguments").toString());
        }
      }
    }
  }

  private static void useEverything(ConversationClient client) throws FailureException {
    callEach(client, "{}");
    for (ListedItem resource : client.list(ListKind.RESOURCES)) {
      client.readResource(resource.key());
    }
    for (ListedItem prompt : client.list(ListKind.PROMPTS)) {
      client.getPrompt(prompt.key());
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
        text(context, "signing_algorithm"),
        null,
        null);
  }

  private static @Nullable Secret secret(JsonNode context, String field) {
    String value = text(context, field);
    return value == null ? null : new Secret(value);
  }

  private static @Nullable String text(JsonNode context, String field) {
    return context.has(field) ? context.path(field).stringValue() : null;
  }

  private static String environment(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }

  private static void must(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  /**
   * Puts the conversation into the suite's files, for whoever has to find out why a scenario fails.
   */
  private static final class PrintingTap implements WireTap {
    @Override
    public void heard(Direction direction, String channel, String text) {
      System.out.println(direction + " " + channel + " " + text);
    }
  }
}
