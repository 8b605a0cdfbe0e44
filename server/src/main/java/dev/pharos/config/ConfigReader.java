package dev.pharos.config;

import dev.pharos.access.TrustedProxies;
import dev.pharos.definition.FleetFile;
import dev.pharos.definition.Rules;
import dev.pharos.field.Fields;
import dev.pharos.field.Problem;
import dev.pharos.field.TextRule;
import dev.pharos.field.UnreadableException;
import dev.pharos.field.YamlText;
import dev.pharos.fleet.Secret;
import dev.pharos.net.NetSettings;
import dev.pharos.probe.ProbeSettings;
import dev.pharos.settings.RuntimeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a configuration of a file, the environment and flags; later ones win. */
public final class ConfigReader {
  private static final Pattern MENTION = Pattern.compile("\\$\\{env:([^}:]+)");
  private static final Pattern SCHEMA = Pattern.compile("(?!pg_)[a-z_][a-z0-9_]{0,39}");
  private static final int MAX_BYTES = 8 * 1024 * 1024;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_TEXT = 4096;
  private static final int MAX_PROXIES = 200;
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Map<String, String> environment;
  private final Map<String, String> flags;
  private final Path defaultData;

  /**
   * @param flags by their key's path: {@code port}, {@code host}, {@code data}
   * @param defaultData the data folder when nobody names one
   */
  public ConfigReader(
      Map<String, String> environment, Map<String, String> flags, Path defaultData) {
    this.environment = Map.copyOf(environment);
    this.flags = Map.copyOf(flags);
    this.defaultData = defaultData;
  }

  /**
   * Reads everything.
   *
   * @param file null for none
   * @throws BadConfiguration with all that is wrong at once
   */
  public Configuration read(@Nullable Path file) throws BadConfiguration {
    List<Problem> problems = new ArrayList<>();
    String text = file == null ? "" : text(file, problems);
    ObjectNode root = tree(text, problems);
    Overlay overlay = new Overlay(root, problems);
    overlay.environment(environment, mentioned(text));
    overlay.flags(flags);
    Configuration configuration = read(file, root, problems);
    if (!problems.isEmpty()) {
      throw new BadConfiguration(problems.stream().map(overlay::named).distinct().toList());
    }
    return configuration;
  }

  private static String text(Path file, List<Problem> problems) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      problems.add(new Problem(file.toString(), "there is no such file"));
    } catch (IOException e) {
      problems.add(
          new Problem(
              file.toString(), "cannot be read: check that it is a file and its permissions"));
    }
    return "";
  }

  private static ObjectNode tree(String text, List<Problem> problems) {
    try {
      JsonNode tree = YamlText.read(text);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      if (!tree.isNull() && !tree.isMissingNode()) {
        problems.add(new Problem("", "the file must consist of keys and values"));
      }
    } catch (UnreadableException e) {
      problems.add(new Problem("", "the file " + e.reason()));
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private static Set<String> mentioned(String text) {
    Set<String> names = new HashSet<>();
    MENTION.matcher(text).results().map((MatchResult match) -> match.group(1)).forEach(names::add);
    return names;
  }

  private Configuration read(@Nullable Path file, ObjectNode root, List<Problem> problems) {
    Fields fields = Fields.of(root, "", Keys.top(), problems);
    String host = fields.text("host", TextRule.LINE, 255);
    String bound = host == null || host.isBlank() ? "127.0.0.1" : host.strip();
    Integer port = fields.count("port", 0, MAX_PORT);
    Boolean stdio = fields.flag("allow_stdio");
    Boolean isPrivate = fields.flag("allow_private");
    Boolean linkLocal = fields.flag("allow_link_local");
    Rules rules =
        new Rules(
            stdio == null ? isLoopback(bound) : stdio,
            isPrivate == null || isPrivate,
            linkLocal != null && linkLocal);
    return new Configuration(
        file,
        bound,
        port == null ? 8090 : port,
        baseUrl(fields),
        proxies(fields),
        data(fields),
        secret(fields, "admin_password"),
        secret(fields, "secret_key"),
        secret(fields, "database_url"),
        schema(fields),
        secret(fields, "redis_url"),
        rules,
        probe(fields.object("probe", Keys.PROBE), rules),
        runtime(root, problems),
        servers(file, root, problems));
  }

  /** Literals and {@code localhost} only: a name may lead anywhere. */
  private static boolean isLoopback(String host) {
    try {
      return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return host.equalsIgnoreCase("localhost");
    }
  }

  private static @Nullable URI baseUrl(Fields fields) {
    String text = fields.text("base_url", TextRule.LINE, MAX_TEXT);
    if (text == null) {
      return null;
    }
    try {
      URI url = new URI(text.strip());
      if (url.getHost() != null && Set.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (URISyntaxException e) {
      // told below
    }
    fields.wrong("base_url", "must be a URL such as https://pharos.example.com/");
    return null;
  }

  /** A list, or one text with commas, which a variable can hold. */
  private static TrustedProxies proxies(Fields fields) {
    String key = "trusted_proxies";
    JsonNode given = fields.node(key);
    if (given == null) {
      return TrustedProxies.NONE;
    }
    List<String> texts =
        given.isArray()
            ? fields.texts(key, TextRule.LINE, MAX_PROXIES, MAX_TEXT)
            : listed(fields.text(key, TextRule.LINE, MAX_TEXT));
    try {
      return TrustedProxies.parse(texts);
    } catch (IllegalArgumentException e) {
      fields.wrong(key, Objects.requireNonNullElse(e.getMessage(), "has mistakes"));
      return TrustedProxies.NONE;
    }
  }

  private static List<String> listed(@Nullable String text) {
    return text == null || text.isBlank() ? List.of() : List.of(text.split(",", -1));
  }

  private Path data(Fields fields) {
    String data = fields.text("data", TextRule.LINE, MAX_TEXT);
    try {
      return data == null || data.isBlank() ? defaultData : Path.of(data);
    } catch (InvalidPathException e) {
      fields.wrong("data", "is no path of a folder");
      return defaultData;
    }
  }

  private static @Nullable Secret secret(Fields fields, String key) {
    String text = fields.text(key, TextRule.LINE, MAX_TEXT);
    if (text != null && text.isBlank()) {
      fields.wrong(key, "is empty: leave it out or give a value");
    }
    return text == null ? null : new Secret(text);
  }

  private static String schema(Fields fields) {
    String schema = fields.text("database_schema", TextRule.LINE, MAX_TEXT);
    if (schema == null || SCHEMA.matcher(schema).matches()) {
      return schema == null ? "pharos" : schema;
    }
    fields.wrong(
        "database_schema",
        "consists of at most 40 lower-case letters, digits and underscores, and begins with a letter"
            + " or an underscore, but not with pg_");
    return "pharos";
  }

  private static ProbeSettings probe(Fields fields, Rules rules) {
    ProbeSettings plain = ProbeSettings.DEFAULT;
    NetSettings net =
        new NetSettings(
            or(fields.seconds("dns_timeout_seconds", SHORTEST, LONGEST), plain.net().dnsTimeout()),
            or(
                fields.seconds("connect_timeout_seconds", SHORTEST, LONGEST),
                plain.net().connectTimeout()),
            or(fields.seconds("tls_timeout_seconds", SHORTEST, LONGEST), plain.net().tlsTimeout()),
            or(fields.count("max_head_bytes", 1024, 1024 * 1024), plain.net().maxHeadBytes()),
            rules.allowLinkLocal(),
            rules.allowPrivate());
    return new ProbeSettings(
        net,
        or(fields.count("max_body_bytes", 64 * 1024, 256 * 1024 * 1024), plain.maxBodyBytes()),
        or(fields.count("max_pages", 1, 10_000), plain.maxPages()),
        or(fields.count("max_items", 1, 1_000_000), plain.maxItems()),
        or(fields.count("max_depth", 8, 500), plain.maxDepth()));
  }

  private static <T> T or(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private static Map<String, ObjectNode> runtime(ObjectNode root, List<Problem> problems) {
    Map<String, ObjectNode> runtime = new LinkedHashMap<>();
    for (String key : RuntimeSettings.keys()) {
      JsonNode some = root.path(key);
      if (root.hasNonNull(key)) {
        runtime.put(key, RuntimeSettings.read(key, some, problems));
      }
    }
    return runtime;
  }

  private @Nullable FleetFile servers(
      @Nullable Path file, ObjectNode root, List<Problem> problems) {
    JsonNode servers = root.path("servers");
    if (file == null || !root.hasNonNull("servers")) {
      return null;
    }
    if (!servers.isArray()) {
      problems.add(
          new Problem("servers", "must be a list, each with a name and a url or a command"));
      return null;
    }
    Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of(""));
    FleetFile fleet = FleetFile.ofList(servers, folder, environment::get);
    problems.addAll(fleet.problems());
    return fleet;
  }
}
