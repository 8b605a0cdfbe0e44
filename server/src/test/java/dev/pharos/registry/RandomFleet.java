package dev.pharos.registry;

import dev.pharos.definition.ServerDocument;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Good documents of servers with all that YAML, JSON and people stumble over. */
final class RandomFleet {
  private static final List<String> ODD =
      List.of(
          "true",
          "no",
          "null",
          "~",
          "1e3",
          "0x1F",
          "012",
          "1_000",
          "-",
          "- a",
          "a: b",
          "#x",
          "'",
          "\"",
          "*a",
          "&a",
          "!a",
          "%a",
          "@a",
          "`a`",
          "{a}",
          "[a]",
          "a,b",
          "ä é 漢",
          "😀",
          "a\\b",
          "2026-01-01",
          "12:30",
          ".5",
          "<<",
          "=",
          "…",
          "${env:HOME}",
          "$${env:X}",
          "a  b");

  private final Random random;

  RandomFleet(Random random) {
    this.random = random;
  }

  ServerDocument document(String name) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", name + " " + odd().replace('/', '-').replace('\\', '-'));
    if (random.nextBoolean()) {
      http(json);
    } else {
      process(json);
    }
    json.put("description", pick("", odd(), " " + odd() + "\n\t" + odd() + "\n"));
    json.put("timeout_seconds", 0.1 + random.nextInt(599_900) / 1000.0);
    for (int i = random.nextInt(4); i > 0; i--) {
      json.withArray("tags").add(odd());
    }
    json.put("expect", pick("tools", "auth_challenge"));
    json.put("era", pick("auto", "session", "stateless"));
    json.put("can_auto_enable", random.nextBoolean());
    json.put("status", pick("active", "inactive"));
    json.put("maintenance", random.nextBoolean());
    overrides(json.putObject("overrides"));
    ObjectNode meta = json.putObject("meta_data");
    meta.put(odd(), odd()).put("n", random.nextLong()).put("d", random.nextDouble());
    meta.put("i", random.nextInt()).putNull("z").putArray("a").add(1.0).add(true).add(1e300);
    return ServerDocument.of(json);
  }

  private void http(ObjectNode json) {
    json.put(
        "url", "https://h" + random.nextInt(9) + ".example:8443/a%20b?q=1&r=" + random.nextInt());
    json.put("protocol", pick("auto", "http", "streamable-http", "sse"));
    json.putObject("headers").put("X-A", "canary " + random.nextInt());
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    switch (random.nextInt(6)) {
      case 0 -> json.put("auth_type", "none");
      case 1 -> json.put("auth_type", "bearer").set("auth_config", config.put("token", "canary"));
      case 2 ->
          json.put("auth_type", "api_key")
              .set("auth_config", config.put("header", "X-K").put("key", "canary"));
      case 3 ->
          json.put("auth_type", "basic")
              .set("auth_config", config.put("username", "u").put("password", "canary: #"));
      case 4 -> json.put("auth_type", "headers").set("auth_config", config.put("X-Z", "canary"));
      default ->
          json.put("auth_type", "oauth_client_credentials")
              .set("auth_config", config.put("client_id", odd()).put("client_secret", "canary"));
    }
  }

  private void process(ObjectNode json) {
    json.put("command", "run " + odd());
    for (int i = random.nextInt(4); i > 0; i--) {
      json.withArray("args").add(pick(odd(), "", "a\nb", " "));
    }
    json.putObject("env").put("KEY_" + random.nextInt(9), "canary\n" + odd());
    json.put("directory", pick("/srv/x y", ""));
  }

  private void overrides(ObjectNode json) {
    if (random.nextBoolean()) {
      json.put("interval_seconds", 1 + random.nextInt(5000) / 1000.0).put("check", "ping");
      json.put("slow_after_ms", 1 + random.nextInt(600_000)).put("adaptive", random.nextBoolean());
    }
  }

  private String odd() {
    return ODD.get(random.nextInt(ODD.size()));
  }

  private String pick(String... words) {
    return words[random.nextInt(words.length)];
  }
}
