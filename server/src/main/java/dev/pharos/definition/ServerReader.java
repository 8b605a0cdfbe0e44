package dev.pharos.definition;

import dev.pharos.field.Fields;
import dev.pharos.field.Problem;
import dev.pharos.field.TextRule;
import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.EraChoice;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Overrides;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes a specification of a whole document, or says everything that is wrong with it. */
final class ServerReader {
  static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
  static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);
  static final String NO_META_DATA = "{}";

  private static final int MAX_NAME = 128;
  private static final int MAX_DESCRIPTION = 1000;
  private static final int MAX_TAGS = 20;
  private static final int MAX_TAG = 50;
  private static final int MAX_META_DATA = 16 * 1024;

  /** They mean something else in an address of ours. */
  private static final Set<String> RESERVED = Set.of(".", "..", "check", "discover");

  private final Fields fields;
  private final List<Problem> problems;
  private final Kept kept;
  private final Rules rules;

  ServerReader(JsonNode json, String path, @Nullable ServerSpec stored, Rules rules) {
    this.problems = new ArrayList<>();
    this.fields = Fields.of(json, path, ServerWriter.KEYS, problems);
    this.kept = new Kept(stored);
    this.rules = rules;
  }

  Reading read() {
    String name = name();
    String description = fields.text("description", TextRule.PROSE, MAX_DESCRIPTION);
    Transport transport = new TransportReader(fields, kept, rules).read();
    Credentials credentials = credentials();
    Map<String, Secret> headers = HeaderRules.read(fields, "headers", kept, kept.headers());
    Duration timeout = fields.seconds("timeout_seconds", SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
    List<String> tags = tags();
    Expectation expect = fields.choice("expect", ServerWriter.EXPECTATIONS);
    EraChoice era = fields.choice("era", ServerWriter.ERAS);
    Overrides overrides = OverridesText.read(fields);
    Boolean canAutoEnable = fields.flag("can_auto_enable");
    String metaData = metaData();
    AdminStatus status = fields.choice("status", ServerWriter.STATUSES);
    Boolean maintenance = fields.flag("maintenance");
    Long version = fields.whole("version", 0, Long.MAX_VALUE);
    if (!problems.isEmpty()) {
      return new Reading(null, status, maintenance, version, problems);
    }
    Transport reached = Objects.requireNonNull(transport);
    ServerSpec spec =
        new ServerSpec(
            Objects.requireNonNull(name),
            description == null || description.isBlank() ? null : description.strip(),
            reached,
            Objects.requireNonNull(credentials),
            headers,
            timeout == null ? Target.of("", reached).timeout() : timeout,
            tags,
            expect == null ? Expectation.TOOLS : expect,
            era == null ? EraChoice.AUTO : era,
            overrides,
            canAutoEnable == null || canAutoEnable,
            metaData);
    return new Reading(spec, status, maintenance, version, problems);
  }

  private @Nullable String name() {
    // Stripped before it is judged, so that a line break at the end of a pasted name does no harm.
    JsonNode given = fields.node("name");
    if (given == null) {
      fields.wrong("name", "is missing: give the server a name");
      return null;
    }
    if (!given.isString()) {
      fields.wrong("name", "must be a text in quotes");
      return null;
    }
    String name = given.stringValue().strip();
    String complaint = complaint(name);
    if (complaint != null) {
      fields.wrong("name", complaint);
    }
    return name;
  }

  private static @Nullable String complaint(String name) {
    if (name.isEmpty()) {
      return "is empty: give the server a name";
    }
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      return "must not have a slash";
    }
    if (RESERVED.contains(name)) {
      return "is a word of the API: choose another name";
    }
    return TextRule.LINE.complaint(name, MAX_NAME);
  }

  private @Nullable Credentials credentials() {
    boolean process = !fields.has("url") && fields.has("command");
    JsonNode type = fields.node("auth_type");
    if (process && type != null && !type.asString("").equals("none")) {
      fields.wrong(
          "auth_type", "does not go with a server that has a command: give its secrets in env");
      return null;
    }
    return process ? new Credentials.None() : new CredentialsReader(fields, kept, rules).read();
  }

  private List<String> tags() {
    Set<String> tags = new LinkedHashSet<>();
    for (String tag : fields.texts("tags", TextRule.LINE, MAX_TAGS, MAX_TAG)) {
      if (tag.isBlank()) {
        fields.wrong("tags", "has an empty tag: remove it");
      }
      tags.add(tag.strip());
    }
    return List.copyOf(tags);
  }

  private String metaData() {
    JsonNode given = fields.node("meta_data");
    if (given == null) {
      return NO_META_DATA;
    }
    String text = given.toString();
    if (!given.isObject()) {
      fields.wrong("meta_data", "must be an object");
    } else if (text.getBytes(StandardCharsets.UTF_8).length > MAX_META_DATA) {
      fields.wrong("meta_data", "is too large: at most 16 KiB");
    }
    return text;
  }
}
