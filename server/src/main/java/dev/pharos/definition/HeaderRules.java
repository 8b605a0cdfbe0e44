package dev.pharos.definition;

import dev.pharos.field.Fields;
import dev.pharos.field.TextRule;
import dev.pharos.fleet.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names and values of headers may be (RFC 9110 section 5). */
final class HeaderRules {
  static final int MAX_COUNT = 50;
  static final int MAX_VALUE = 8192;
  private static final int MAX_NAME = 128;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  /** They say where a message goes and where it ends: another value would break the connection. */
  private static final Set<String> OURS =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-connection",
          "upgrade",
          "te",
          "trailer",
          "expect",
          "accept-encoding");

  private HeaderRules() {}

  /** What is wrong with a name, or null. */
  static @Nullable String complaint(String name) {
    if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
      return "is no name of a header: letters, digits and hyphens, at most " + MAX_NAME;
    }
    return OURS.contains(name.toLowerCase(Locale.ROOT))
        ? "is set by Pharos itself: leave it out"
        : null;
  }

  /** An object of headers. */
  static Map<String, Secret> read(Fields fields, String key, Kept kept, Map<String, Secret> old) {
    Map<String, Secret> headers =
        kept.secrets(fields, key, TextRule.HEADER_VALUE, MAX_COUNT, MAX_VALUE, Kept.anyCase(old));
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : headers.keySet()) {
      String complaint = complaint(name);
      if (complaint != null) {
        fields.wrongIn(key, name, complaint);
      } else if (!seen.add(name)) {
        fields.wrongIn(key, name, "is there twice: names of headers are the same in any case");
      }
    }
    return headers;
  }
}
