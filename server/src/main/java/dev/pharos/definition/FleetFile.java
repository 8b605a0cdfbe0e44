package dev.pharos.definition;

import dev.pharos.field.FieldPath;
import dev.pharos.field.Fields;
import dev.pharos.field.Problem;
import dev.pharos.field.UnreadableException;
import dev.pharos.field.YamlText;
import dev.pharos.fleet.Standing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The servers of a file: of ours (YAML or JSON with a list {@code servers}) or of an MCP client.
 * Immutable.
 *
 * @param complete whether each document says all of its server, so that what it leaves out is so by
 *     default; else what it leaves out stays as it is
 * @param documents in the order of the file
 * @param leftOut what the file itself switches off or leaves open; no reason to refuse the rest
 * @param problems what cannot be read
 */
public record FleetFile(
    boolean complete,
    List<ServerDocument> documents,
    List<Problem> leftOut,
    List<Problem> problems) {
  private static final String SERVERS = "servers";
  private static final String HEADER =
      "# The servers of a Pharos monitor. Dots stand for a secret that stays in the monitor.\n";

  public FleetFile {
    documents = List.copyOf(documents);
    leftOut = List.copyOf(leftOut);
    problems = List.copyOf(problems);
  }

  /** Reads what somebody sent: it sees no variable and no file of this machine. */
  public static FleetFile parseForeign(String text) {
    return parse(text, null, () -> ClientConfig.parseForeign(text));
  }

  /**
   * Reads a text of this machine, as if it stood in {@code file}; variables are resolved.
   *
   * @param environment gives a variable's value or null
   */
  public static FleetFile parse(
      String text, Path file, Function<String, @Nullable String> environment) {
    Path folder = file.toAbsolutePath().getParent();
    return parse(
        text,
        problems -> new Placeholders(environment, folder, problems),
        () -> ClientConfig.parse(text, file, environment));
  }

  /**
   * The list of our own format, of this machine.
   *
   * @param folder where relative paths of files begin
   */
  public static FleetFile ofList(
      JsonNode servers, Path folder, Function<String, @Nullable String> environment) {
    return ours(servers, problems -> new Placeholders(environment, folder, problems));
  }

  private static FleetFile parse(
      String text,
      @Nullable Function<List<Problem>, Placeholders> placeholders,
      Supplier<ClientConfig> client) {
    boolean json = text.stripLeading().startsWith("{") || text.stripLeading().startsWith("/");
    try {
      JsonNode root = YamlText.read(text);
      if (root.path(SERVERS).isArray()) {
        List<Problem> problems = new ArrayList<>();
        Fields.of(root, "", Set.of(SERVERS), problems);
        FleetFile file = ours(root.path(SERVERS), placeholders);
        problems.addAll(file.problems);
        return new FleetFile(true, file.documents, List.of(), problems);
      }
    } catch (UnreadableException e) {
      if (!json) {
        return unusable(e.reason());
      }
    }
    return json
        ? of(client.get())
        : unusable("names no servers: write a list servers, each with a name and a url");
  }

  private static FleetFile unusable(String reason) {
    return new FleetFile(true, List.of(), List.of(), List.of(new Problem("", reason)));
  }

  private static FleetFile ours(
      JsonNode servers, @Nullable Function<List<Problem>, Placeholders> placeholders) {
    List<Problem> problems = new ArrayList<>();
    List<ServerDocument> documents = new ArrayList<>();
    for (JsonNode server : servers.values()) {
      String path = FieldPath.item(SERVERS, documents.size());
      JsonNode filled =
          placeholders == null ? server : placeholders.apply(problems).fill(server, path);
      documents.add(ServerDocument.at(path, filled));
    }
    return new FleetFile(true, documents, List.of(), problems);
  }

  private static FleetFile of(ClientConfig config) {
    List<ServerDocument> documents = new ArrayList<>();
    List<Problem> leftOut = new ArrayList<>();
    for (Definition definition : config.definitions()) {
      String path = FieldPath.child("", definition.name());
      switch (definition) {
        case Definition.Ready ready -> documents.add(ServerDocument.of(path, ready.target()));
        case Definition.NeedsConfiguration needs ->
            leftOut.add(
                new Problem(path, "is left out: it needs " + String.join(", ", needs.missing())));
        case Definition.Disabled _ ->
            leftOut.add(new Problem(path, "is left out: it is disabled in the file"));
      }
    }
    return new FleetFile(false, documents, leftOut, config.problems());
  }

  /** The documents as they are, secrets and all: for a monitor that is to import them. */
  public String text() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode servers = root.putArray(SERVERS);
    documents.forEach(document -> servers.add(document.json()));
    return root.toString();
  }

  /** The same, but what a document leaves out stays as it is. */
  public FleetFile merging() {
    return new FleetFile(false, documents, leftOut, problems);
  }

  /** Our YAML of a fleet, sorted by name; importing it again changes nothing. */
  public static String write(List<Standing> fleet) {
    ArrayNode servers = JsonNodeFactory.instance.arrayNode();
    fleet.stream()
        .sorted(Comparator.comparing(standing -> standing.server().spec().name()))
        // What the circuit gave up was not a person's decision: another monitor may see it up.
        .map(s -> ServerDocument.brief(s.server(), s.memory().autoDisabledAt() == null))
        .forEach(servers::add);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set(SERVERS, servers);
    return HEADER + YamlText.write(root);
  }
}
