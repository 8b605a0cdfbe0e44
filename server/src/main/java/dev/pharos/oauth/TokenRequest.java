package dev.pharos.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.pharos.net.Header;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request for a token by client credentials (RFC 6749 section 4.4.2), and what in it is secret.
 */
record TokenRequest(List<Header> headers, String form, Redaction redaction) {
  /**
   * @param signer needed for {@code private_key_jwt} only
   */
  static TokenRequest of(
      OAuthClient client,
      AuthMethod method,
      @Nullable Signer signer,
      Endpoint endpoint,
      @Nullable String scope,
      Instant now) {
    Builder builder = new Builder();
    builder.form.put("grant_type", "client_credentials");
    if (scope != null) {
      builder.form.put("scope", scope);
    }
    builder.form.put("resource", endpoint.resource());
    switch (method) {
      case CLIENT_SECRET_BASIC -> builder.basic(client.clientId(), secret(client));
      case CLIENT_SECRET_POST -> builder.post(client.clientId(), secret(client));
      case PRIVATE_KEY_JWT ->
          builder.assertion(
              client.clientId(),
              Assertion.of(requireNonNull(signer), client.clientId(), endpoint.audience(), now));
    }
    return builder.build();
  }

  private static String secret(OAuthClient client) {
    return requireNonNull(client.clientSecret());
  }

  /** As a form wants it; leaves the tilde alone, since not every server decodes what it gets. */
  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("%7E", "~");
  }

  private static final class Builder {
    private final Map<String, String> form = new LinkedHashMap<>();
    private final List<Header> headers = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();

    Builder() {
      headers.add(Web.ACCEPT);
      headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
    }

    /** RFC 6749 section 2.3.1: both parts are form-encoded before they are joined. */
    void basic(String id, String secret) {
      String pair = encode(id) + ":" + encode(secret);
      String value = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
      headers.add(new Header("Authorization", "Basic " + value));
      secrets.add(value);
      hide(secret);
    }

    void post(String id, String secret) {
      form.put("client_id", id);
      form.put("client_secret", secret);
      hide(secret);
    }

    void assertion(String id, String assertion) {
      form.put("client_id", id);
      form.put("client_assertion_type", Assertion.TYPE);
      form.put("client_assertion", assertion);
      secrets.add(assertion);
    }

    private void hide(String secret) {
      secrets.add(encode(secret));
      secrets.add(secret);
    }

    TokenRequest build() {
      String body =
          form.entrySet().stream()
              .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
              .collect(Collectors.joining("&"));
      return new TokenRequest(List.copyOf(headers), body, new Redaction(secrets));
    }
  }
}
