package dev.pharos.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.QuerySecrets;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.trace.Finding;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes our secrets out of words that come from a server, which may repeat what we sent it. Belongs
 * to one session and is guarded by its lock.
 */
final class Mask {
  private static final String DOTS = "••••";

  /** Shorter ones stand in too many words by chance, and hide nothing. */
  private static final int SHORTEST = 4;

  /** Tokens and session ids come and go; only the newest are still worth hiding. */
  private static final int MOST = 64;

  private final List<String> given = new ArrayList<>();
  private final List<String> learned = new ArrayList<>();

  /** Hides what a definition holds. */
  Mask(Target target) {
    add(target.extraHeaders().values());
    switch (target.transport()) {
      case Transport.Stdio stdio -> add(stdio.env().values());
      case Transport.Http http ->
          add(QuerySecrets.of(http.url()).stream().map(Secret::new).toList());
    }
    switch (target.credentials()) {
      case Credentials.None _ -> {}
      case Credentials.Bearer bearer -> add(List.of(bearer.token()));
      case Credentials.ApiKey key -> add(List.of(key.key()));
      case Credentials.Headers headers -> add(headers.headers().values());
      case Credentials.Basic basic -> {
        String pair = basic.username() + ":" + basic.password().reveal();
        add(
            List.of(
                basic.password(),
                new Secret(Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)))));
      }
      case Credentials.OAuthClientCredentials client -> {
        addIfAny(client.clientSecret());
        addIfAny(client.privateKey());
      }
    }
    longestFirst(given);
  }

  private void addIfAny(@Nullable Secret secret) {
    if (secret != null) {
      add(List.of(secret));
    }
  }

  private void add(Collection<Secret> secrets) {
    for (Secret secret : secrets) {
      String value = secret.reveal().strip();
      if (value.length() >= SHORTEST) {
        given.add(value);
      }
    }
  }

  private static void longestFirst(List<String> words) {
    words.sort(Comparator.comparingInt(String::length).reversed());
  }

  /** From now on hides this too: a token or a session id. */
  void learn(@Nullable String secret) {
    if (secret == null || secret.length() < SHORTEST || learned.contains(secret)) {
      return;
    }
    if (learned.size() >= MOST) {
      learned.removeFirst();
    }
    learned.add(secret);
  }

  String hide(String text) {
    String hidden = text;
    for (String secret : given) {
      hidden = hidden.replace(secret, DOTS);
    }
    for (String secret : learned) {
      hidden = hidden.replace(secret, DOTS);
    }
    return hidden;
  }

  /** {@link #hide} for JSON, where a secret may stand with escapes. */
  String hideInJson(String json) {
    String hidden = hide(json);
    for (String secret : given) {
      hidden = hidden.replace(escaped(secret), DOTS);
    }
    return hidden;
  }

  private static String escaped(String secret) {
    return secret
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  List<Finding> hide(List<Finding> findings) {
    return findings.isEmpty()
        ? findings
        : findings.stream().map(f -> new Finding(f.kind(), hide(f.message()))).toList();
  }
}
