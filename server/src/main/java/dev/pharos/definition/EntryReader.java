package dev.pharos.definition;

import dev.pharos.field.FieldPath;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes a definition of one entry. */
final class EntryReader {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Clients disagree on the unit: what is this long would be hours in seconds. */
  private static final int MILLIS_FROM = 5_000;

  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private EntryReader() {}

  /** The definition, or null when the entry has noted why there is none. */
  static @Nullable Definition read(String name, Entry entry) {
    if (!entry.json().isObject()) {
      entry.wrong("", "must be an object with a command or a url");
      return null;
    }
    if (entry.json().path("disabled").asBoolean(false)
        || !entry.json().path("enabled").asBoolean(true)) {
      return new Definition.Disabled(name);
    }
    TransportName type = type(entry);
    if (type == null) {
      return null;
    }
    Draft draft = type == TransportName.STDIO ? Draft.stdio(entry) : http(entry, type);
    if (draft == null || !entry.problems().isEmpty()) {
      return null;
    }
    if (!entry.missing().isEmpty()) {
      return new Definition.NeedsConfiguration(name, entry.missing());
    }
    return finish(name, entry, draft);
  }

  private static @Nullable TransportName type(Entry entry) {
    String field = entry.has("type") ? "type" : "transport";
    String text = entry.json().path(field).isString() ? entry.text(field) : null;
    if (text != null) {
      TransportName named = TransportName.of(text);
      if (named == null) {
        entry.wrong(
            field, "is no transport that Pharos speaks: use stdio, streamable-http (http) or sse");
      }
      return named;
    }
    if (entry.has("command")) {
      return TransportName.STDIO;
    }
    if (entry.has("url") || entry.has("serverUrl")) {
      return TransportName.AUTO;
    }
    if (entry.has("httpUrl")) {
      return TransportName.STREAMABLE_HTTP;
    }
    entry.wrong("", "has neither a command nor a url: give one of them");
    return null;
  }

  private static @Nullable Draft http(Entry entry, TransportName type) {
    for (String field : new String[] {"url", "serverUrl", "httpUrl"}) {
      String url = entry.text(field);
      if (url != null) {
        Map<String, Secret> headers = entry.secrets("headers");
        headers.forEach((name, value) -> checkHeader(entry, name, value));
        return new Draft.Http(field, url, type.choice(), headers);
      }
    }
    entry.wrong("url", "is missing: this transport needs an address");
    return null;
  }

  /** Neither a name nor a value may smuggle in another header (RFC 9110 section 5). */
  private static void checkHeader(Entry entry, String name, Secret value) {
    boolean broken = value.reveal().chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7F);
    if (broken || !HEADER_NAME.matcher(name).matches()) {
      entry.wrong(
          FieldPath.child("headers", name),
          broken
              ? "holds a line break or another control character"
              : "is no name of a header: it has a character that is not allowed");
    }
  }

  private static @Nullable Definition finish(String name, Entry entry, Draft draft) {
    return switch (draft) {
      case Draft.Http http -> {
        Transport.Http transport = address(entry, http);
        Credentials credentials =
            http.headers().isEmpty()
                ? new Credentials.None()
                : new Credentials.Headers(http.headers());
        yield transport == null ? null : ready(name, transport, credentials, entry);
      }
      case Draft.Stdio stdio -> ready(name, stdio.transport(), new Credentials.None(), entry);
    };
  }

  private static Transport.@Nullable Http address(Entry entry, Draft.Http http) {
    try {
      return new Transport.Http(new URI(http.url().strip()), http.choice());
    } catch (URISyntaxException e) {
      // The exception's own text quotes the address, which may hold a key.
      entry.wrong(http.field(), "is not a valid address (at character " + (e.getIndex() + 1) + ")");
    } catch (IllegalArgumentException e) {
      entry.wrong(http.field(), "cannot be used: " + e.getMessage());
    }
    return null;
  }

  private static Definition ready(
      String name, Transport transport, Credentials credentials, Entry entry) {
    Target plain = Target.of(name, transport);
    Duration timeout = timeout(entry.json().path("timeout"), plain.timeout());
    return new Definition.Ready(
        new Target(name, transport, credentials, Map.of(), Expectation.TOOLS, timeout));
  }

  /** Too long harms less than too short: a wrong guess of the unit must not fail a good server. */
  private static Duration timeout(JsonNode value, Duration otherwise) {
    double number = value.isNumber() ? value.doubleValue() : 0;
    if (!(number > 0)) {
      return otherwise;
    }
    double millis = number >= MILLIS_FROM ? number : number * 1000;
    Duration asked = Duration.ofMillis((long) Math.min(millis, (double) LONGEST.toMillis()));
    return asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
  }
}
