package dev.pharos.definition;

import dev.pharos.field.Fields;
import dev.pharos.field.TextRule;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.QuerySecrets;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Transport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads secrets: dots in their place mean the one that is stored there. */
final class Kept {
  /** What is shown, and accepted, in place of a secret. */
  static final String DOTS = "••••";

  private final @Nullable ServerSpec stored;

  Kept(@Nullable ServerSpec stored) {
    this.stored = stored;
  }

  Credentials credentials() {
    return stored == null ? new Credentials.None() : stored.credentials();
  }

  Map<String, Secret> headers() {
    return stored == null ? Map.of() : stored.headers();
  }

  Map<String, Secret> env() {
    return stored != null && stored.transport() instanceof Transport.Stdio stdio
        ? stdio.env()
        : Map.of();
  }

  /** An address with the stored secrets in place of dots; null when there are none for them. */
  @Nullable String address(Fields fields, String key, String given) {
    Map<String, String> old = new TreeMap<>();
    if (stored != null && stored.transport() instanceof Transport.Http http) {
      var _ =
          QuerySecrets.write(
              http.url().toString(),
              (name, value) -> {
                old.put(name, value);
                return value;
              });
    }
    String address =
        QuerySecrets.write(
            given, (name, value) -> value.equals(DOTS) ? old.getOrDefault(name, DOTS) : value);
    if (address.contains(DOTS)) {
      fields.wrong(key, "has dots, but no secret is stored there yet: give the secret itself");
      return null;
    }
    return address;
  }

  /** A secret that must be given. */
  @Nullable Secret secret(Fields fields, String key, TextRule rule, int max, @Nullable Secret old) {
    JsonNode given = fields.node(key);
    if (given == null) {
      fields.wrong(key, "is missing");
      return null;
    }
    boolean dots = given.isString() && given.stringValue().equals(DOTS);
    String text = fields.text(key, dots ? TextRule.LINE : rule, max);
    if (text != null && text.isEmpty()) {
      fields.wrong(key, "is empty");
      return null;
    }
    return text == null ? null : resolve(text, old, complaint -> fields.wrong(key, complaint));
  }

  private static @Nullable Secret resolve(
      String text, @Nullable Secret old, Consumer<String> complaints) {
    if (!text.equals(DOTS)) {
      return new Secret(text);
    }
    if (old == null) {
      complaints.accept("is dots, but no secret is stored here yet: give the secret itself");
    }
    return old;
  }

  /**
   * Texts under names, each a secret.
   *
   * @param rule of the values; the dots themselves need not obey it
   * @param old what is stored, by name
   */
  Map<String, Secret> secrets(
      Fields fields,
      String key,
      TextRule rule,
      int maxCount,
      int maxLength,
      Map<String, Secret> old) {
    Map<String, Secret> secrets = new LinkedHashMap<>();
    Map<String, String> texts = fields.textMap(key, TextRule.ARGUMENT, maxCount, maxLength);
    texts.forEach((name, text) -> {
      String broken = text.equals(DOTS) ? null : rule.complaint(text, maxLength);
      if (broken != null) {
        fields.wrongIn(key, name, broken);
        return;
      }
      Secret secret =
          resolve(text, old.get(name), complaint -> fields.wrongIn(key, name, complaint));
      if (secret != null) {
        secrets.put(name, secret);
      }
    });
    return secrets;
  }

  /** The same map, whose names are found in any case. */
  static Map<String, Secret> anyCase(Map<String, Secret> headers) {
    Map<String, Secret> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    found.putAll(headers);
    return found;
  }
}
