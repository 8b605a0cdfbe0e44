package dev.pharos.definition;

import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Overrides;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server as people write it, in JSON or YAML: {@code name}, {@code url} or {@code command},
 * {@code auth_type} and so on, as the REST interface shows it. Dots in place of a secret mean the
 * one that is stored. A field that is null is as if it were absent, but in a patch, where it
 * clears. Immutable.
 */
public final class ServerDocument {
  /** What stands for a secret. */
  public static final String DOTS = Kept.DOTS;

  /** Of what belongs to the other way of being reached, nothing is kept. */
  private static final List<String> OF_HTTP =
      List.of("protocol", "url", "auth_type", "auth_config", "headers");

  private static final List<String> OF_PROCESS =
      List.of("protocol", "command", "args", "env", "directory");

  private final JsonNode json;
  private final String path;

  private ServerDocument(JsonNode json, String path) {
    this.json = json.deepCopy();
    this.path = path;
  }

  /** A document of any shape: when it is no object, reading it says so. */
  public static ServerDocument of(JsonNode json) {
    return new ServerDocument(json, "");
  }

  /**
   * A document inside another one.
   *
   * @param path where it stands, for the problems: {@code servers[3]}
   */
  public static ServerDocument at(String path, JsonNode json) {
    return new ServerDocument(json, path);
  }

  /**
   * A document of what is known of a target; holds its secrets. Slashes in its name are replaced.
   */
  static ServerDocument of(String path, Target target) {
    ServerSpec spec =
        new ServerSpec(
            target.name().replace('/', '-').replace('\\', '-'),
            null,
            target.transport(),
            target.credentials(),
            target.extraHeaders(),
            target.timeout(),
            List.of(),
            target.expect(),
            target.era(),
            Overrides.NONE,
            true,
            ServerReader.NO_META_DATA);
    return new ServerDocument(new ServerWriter(Secret::reveal).brief(spec), path);
  }

  JsonNode json() {
    return json.deepCopy();
  }

  /** Where it stands in what was written; empty when it is all of it. */
  public String path() {
    return path;
  }

  /** The name as it is written, or null when there is none. */
  public @Nullable String name() {
    JsonNode name = json.path("name");
    return name.isString() && !name.stringValue().isBlank() ? name.stringValue().strip() : null;
  }

  /** Whether it says which version it is a change of. */
  public boolean namesVersion() {
    return json.hasNonNull("version");
  }

  /** The same document with a name where it has none. */
  public ServerDocument named(String name) {
    if (!json.isObject() || json.hasNonNull("name")) {
      return this;
    }
    ObjectNode named = ((ObjectNode) json).deepCopy();
    named.put("name", name);
    return new ServerDocument(named, path);
  }

  /** A server that is not registered yet. */
  public Reading read(Rules rules) {
    return new ServerReader(json, path, null, rules).read();
  }

  /** All there is to say of a registered server: what is absent is so by default. */
  public Reading replace(Server current, Rules rules) {
    return new ServerReader(json, path, current.spec(), rules).read();
  }

  /** What is to change in a registered server: what is absent stays; each field counts whole. */
  public Reading patch(Server current, Rules rules) {
    if (!(json instanceof ObjectNode changes)) {
      return replace(current, rules);
    }
    ObjectNode whole = new ServerWriter(_ -> DOTS).full(current.spec());
    if (changes.hasNonNull("command") && !changes.hasNonNull("url")) {
      whole.remove(OF_HTTP);
    } else if (changes.hasNonNull("url") && !changes.hasNonNull("command")) {
      whole.remove(OF_PROCESS);
      keepProtocol(current, whole);
    }
    if (changes.has("auth_type") && !changes.path("auth_type").equals(whole.path("auth_type"))) {
      whole.remove("auth_config");
    }
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      whole.set(change.getKey(), change.getValue());
    }
    return new ServerReader(whole, path, current.spec(), rules).read();
  }

  private static void keepProtocol(Server current, ObjectNode whole) {
    ObjectNode before = new ServerWriter(_ -> DOTS).full(current.spec());
    if (before.has("url")) {
      whole.set("protocol", before.path("protocol"));
    }
  }

  /** A registered server with everything that can be set, in the order of the interface. */
  public static ObjectNode show(Server server) {
    return decided(new ServerWriter(_ -> DOTS).full(server.spec()), server);
  }

  /**
   * A registered server without what is so by default.
   *
   * @param status whether an inactive status was a person's decision and belongs to the definition
   */
  static ObjectNode brief(Server server, boolean status) {
    ObjectNode json = new ServerWriter(_ -> DOTS).brief(server.spec());
    if (status && server.status() != AdminStatus.ACTIVE) {
      json.put("status", server.status().wire());
    }
    if (server.maintenance()) {
      json.put("maintenance", true);
    }
    return json;
  }

  /** The names of the fields in which two versions of a server differ, secrets among them. */
  public static List<String> differences(Server before, Server now) {
    ServerWriter plain = new ServerWriter(Secret::reveal);
    return ServerWriter.differences(
        decided(plain.full(before.spec()), before), decided(plain.full(now.spec()), now));
  }

  private static ObjectNode decided(ObjectNode json, Server server) {
    json.put("status", server.status().wire());
    json.put("maintenance", server.maintenance());
    return json;
  }

  /** Never shows what the document says: it may hold secrets. */
  @Override
  public String toString() {
    return "ServerDocument[" + path + "]";
  }
}
