package dev.pharos.cli;

import dev.pharos.fleet.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Headers as arguments: {@code NAME: VALUE}. */
final class HeaderText {
  /** RFC 9110 section 5.6.2, token. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private HeaderText() {}

  static Map<String, Secret> headers(List<String> texts, SecretText secrets) throws UsageException {
    Map<String, Secret> headers = new LinkedHashMap<>();
    for (String text : texts) {
      int colon = text.indexOf(':');
      if (colon < 1) {
        throw new UsageException("--header: write NAME:VALUE, for example \"X-Tenant: 42\"");
      }
      String name = name("--header", text.substring(0, colon));
      Secret value = secrets.read("--header " + name, text.substring(colon + 1).strip());
      headers.put(name, value("--header " + name, value));
    }
    return headers;
  }

  static String name(String option, String text) throws UsageException {
    String name = text.strip();
    if (!NAME.matcher(name).matches()) {
      throw new UsageException(option + ": the header's name has a character that is not allowed");
    }
    return name;
  }

  /** A value that cannot smuggle in another header. */
  static Secret value(String option, Secret secret) throws UsageException {
    boolean bad = secret.reveal().chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7F);
    if (bad) {
      throw new UsageException(option + ": the value holds a line break or a control character");
    }
    return secret;
  }
}
