package dev.pharos.view;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.QuerySecrets;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hides secrets in text: those known from a target, wherever and however encoded they stand, and
 * whatever stands where secrets usually do. Immutable.
 */
public final class Mask {
  public static final String DOTS = "••••";

  /** Shorter values would hide half of the text and are no secrets anyway. */
  private static final int MIN_LENGTH = 4;

  private static final String FIELDS =
      "access_?token|refresh_?token|id_?token|client_?secret|client_?assertion|assertion|password"
          + "|api[_-]?key|session_?id|authorization|device_code|code_verifier|subject_token"
          + "|registration_access_token";

  private static final Pattern HEADER =
      Pattern.compile(
          "(?im)^([ \\t]*(?:authorization|proxy-authorization|cookie|set-cookie|mcp-session-id"
              + "|[\\w-]*(?:api[_-]?key|token|secret|password|session)[\\w-]*|x-[\\w-]*auth[\\w-]*"
              + ")[ \\t]*:[ \\t]*(?:(?:bearer|basic|dpop|digest|negotiate|token|apikey)[ \\t]+)?)"
              + "\\S.*$");

  // Possessive throughout: a body of megabytes must neither backtrack nor overflow the stack.
  private static final Pattern JSON_FIELD =
      Pattern.compile("(?is)(\"(?:" + FIELDS + ")\"\\s*+:\\s*+\")(?:[^\"\\\\]|\\\\.)*+");

  /**
   * JSON inside a JSON string: its quotes have one backslash, the quotes inside its strings more.
   */
  private static final Pattern NESTED_FIELD =
      Pattern.compile(
          "(?is)(\\\\\"(?:"
              + FIELDS
              + ")\\\\\"\\s*+:\\s*+\\\\\")(?:[^\"\\\\]|\\\\[^\"\\\\]|\\\\\\\\(?:\\\\.|[^\"]))*+");

  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?im)((?:^|[?&;\\s\"'])(?:"
              + FIELDS
              + "|token|key|sig|signature|secret|code)=)"
              + "[^&\\s\"'#<>]++");

  private final List<String> known;

  private Mask(Collection<String> known) {
    this.known = known.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** A mask that knows all secrets of {@code target}. */
  public static Mask of(Target target) {
    Set<String> values = new TreeSet<>();
    addCredentials(target.credentials(), values);
    target.extraHeaders().values().forEach(value -> addHeader(value, values));
    switch (target.transport()) {
      case Transport.Stdio stdio ->
          stdio.env().values().forEach(value -> add(value.reveal(), values));
      case Transport.Http http -> addQuery(http.url(), values);
    }
    return new Mask(values);
  }

  /** As they stand there, and without their percent signs. */
  private static void addQuery(URI url, Set<String> values) {
    for (String secret : QuerySecrets.of(url)) {
      add(secret, values);
      try {
        add(URLDecoder.decode(secret, StandardCharsets.UTF_8), values);
      } catch (IllegalArgumentException e) {
        // No escapes, only percent signs: it stands as it is.
      }
    }
  }

  private static void addCredentials(Credentials credentials, Set<String> values) {
    switch (credentials) {
      case Credentials.None _ -> {}
      case Credentials.Bearer bearer -> add(bearer.token().reveal(), values);
      case Credentials.ApiKey key -> add(key.key().reveal(), values);
      case Credentials.Basic basic -> {
        add(basic.password().reveal(), values);
        addPair(basic.username(), basic.password().reveal(), values);
      }
      case Credentials.Headers headers ->
          headers.headers().values().forEach(value -> addHeader(value, values));
      case Credentials.OAuthClientCredentials oauth -> addOAuth(oauth, values);
    }
  }

  private static void addOAuth(Credentials.OAuthClientCredentials oauth, Set<String> values) {
    Secret secret = oauth.clientSecret();
    if (secret != null) {
      add(secret.reveal(), values);
      addPair(oauth.clientId(), secret.reveal(), values);
      addPair(encoded(oauth.clientId()), encoded(secret.reveal()), values);
    }
    Secret key = oauth.privateKey();
    if (key != null) {
      key.reveal().lines().filter(line -> !line.startsWith("-----")).forEach(l -> add(l, values));
    }
  }

  /** {@code Bearer x} hides x also where it stands alone. */
  private static void addHeader(Secret header, Set<String> values) {
    String value = header.reveal();
    add(value, values);
    int space = value.indexOf(' ');
    if (space > 0) {
      String rest = value.substring(space + 1).strip();
      add(rest, values);
      String pair = value.regionMatches(true, 0, "basic", 0, 5) ? decoded(rest) : null;
      if (pair != null && pair.indexOf(':') >= 0) {
        add(pair.substring(pair.indexOf(':') + 1), values);
      }
    }
  }

  private static @Nullable String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void addPair(String user, String password, Set<String> values) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    add(Base64.getEncoder().encodeToString(pair), values);
  }

  private static void add(String value, Set<String> values) {
    String plain = value.strip();
    if (plain.length() >= MIN_LENGTH) {
      values.add(plain);
      values.add(encoded(plain));
      values.add(plain.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
      values.add(Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** The text without any secret. */
  public String hide(String text) {
    String hidden = hideKnown(text);
    hidden = HEADER.matcher(hidden).replaceAll("$1" + DOTS);
    hidden = JSON_FIELD.matcher(hidden).replaceAll("$1" + DOTS);
    hidden = NESTED_FIELD.matcher(hidden).replaceAll("$1" + DOTS);
    return PARAMETER.matcher(hidden).replaceAll("$1" + DOTS);
  }

  /** The text without the secrets of the target; for texts that have no place for others. */
  public String hideKnown(String text) {
    String hidden = text;
    for (String value : known) {
      hidden = hidden.replace(value, DOTS);
    }
    return hidden;
  }
}
