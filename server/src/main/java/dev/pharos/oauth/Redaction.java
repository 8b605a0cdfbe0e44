package dev.pharos.oauth;

import java.util.List;

/** Takes known secrets out of text, for servers that repeat what they were sent. */
record Redaction(List<String> secrets) {
  static final Redaction NONE = new Redaction(List.of());
  static final String DOTS = "••••";

  Redaction {
    secrets = List.copyOf(secrets);
  }

  String apply(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = secret.isEmpty() ? clean : clean.replace(secret, DOTS);
    }
    return clean;
  }
}
