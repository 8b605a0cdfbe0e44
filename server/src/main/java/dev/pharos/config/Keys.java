package dev.pharos.config;

import dev.pharos.settings.RuntimeSettings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The keys of the configuration. */
final class Keys {
  /** Whose values are texts, whatever they look like. */
  static final Set<String> TEXTS =
      Set.of(
          "host",
          "base_url",
          "trusted_proxies",
          "data",
          "admin_password",
          "secret_key",
          "database_url",
          "database_schema",
          "redis_url",
          "blindness.sentinel");

  /** A variable with {@code _FILE} behind its name may name a file that holds it. */
  static final Set<String> SECRETS =
      Set.of("admin_password", "secret_key", "database_url", "redis_url");

  static final List<String> PROBE =
      List.of(
          "dns_timeout_seconds",
          "connect_timeout_seconds",
          "tls_timeout_seconds",
          "max_head_bytes",
          "max_body_bytes",
          "max_pages",
          "max_items",
          "max_depth");

  private static final List<String> TOP =
      List.of(
          "host",
          "port",
          "base_url",
          "trusted_proxies",
          "data",
          "admin_password",
          "secret_key",
          "database_url",
          "database_schema",
          "redis_url",
          "allow_stdio",
          "allow_private",
          "allow_link_local");

  private Keys() {}

  /** Of the whole document. */
  static Set<String> top() {
    Set<String> keys = new LinkedHashSet<>(TOP);
    keys.add("probe");
    keys.addAll(RuntimeSettings.keys());
    keys.add("servers");
    return keys;
  }

  /** Every key that holds a single value, with its path, by the name of its variable. */
  static Map<String, String> byVariable() {
    Map<String, String> paths = new LinkedHashMap<>();
    TOP.forEach(key -> paths.put(variable(key), key));
    PROBE.forEach(key -> paths.put(variable("probe." + key), "probe." + key));
    for (String group : RuntimeSettings.keys()) {
      RuntimeSettings.names(group)
          .forEach(name -> paths.put(variable(group + "." + name), group + "." + name));
    }
    return paths;
  }

  private static String variable(String path) {
    return "PHAROS_" + path.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
