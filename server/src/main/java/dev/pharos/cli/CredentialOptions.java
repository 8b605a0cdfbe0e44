package dev.pharos.cli;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who we are; at most one way at a time. Filled by the parser. */
final class CredentialOptions {
  @Option(
      names = "--bearer",
      paramLabel = "TOKEN",
      description = "Send Authorization: Bearer TOKEN.")
  private @Nullable String bearer;

  @Option(
      names = "--api-key",
      paramLabel = "HEADER:KEY",
      description = "Send KEY in the header HEADER.")
  private @Nullable String apiKey;

  @Option(
      names = "--basic",
      paramLabel = "USER:PASSWORD",
      description = "Use basic authentication.")
  private @Nullable String basic;

  @Option(
      names = "--oauth-client-id",
      paramLabel = "ID",
      description = "Get a token by OAuth client credentials; with --oauth-client-secret.")
  private @Nullable String oauthId;

  @Option(
      names = "--oauth-client-secret",
      paramLabel = "SECRET",
      description = "The client's secret.")
  private @Nullable String oauthSecret;

  @Option(
      names = "--oauth-token-url",
      paramLabel = "URL",
      description = "The token endpoint; found by the server's challenge when not given.")
  private @Nullable String oauthTokenUrl;

  @Option(
      names = "--oauth-scope",
      paramLabel = "SCOPE",
      description = "Scopes to ask for, separated by spaces.")
  private @Nullable String oauthScope;

  /** The options that were given, as they are written. */
  List<String> given() {
    List<String> given = new ArrayList<>();
    add(given, "--bearer", bearer);
    add(given, "--api-key", apiKey);
    add(given, "--basic", basic);
    add(given, "--oauth-client-id", oauthId);
    add(given, "--oauth-client-secret", oauthSecret);
    add(given, "--oauth-token-url", oauthTokenUrl);
    add(given, "--oauth-scope", oauthScope);
    return given;
  }

  private static void add(List<String> given, String option, @Nullable String value) {
    if (value != null) {
      given.add(option);
    }
  }

  Credentials credentials(SecretText secrets) throws UsageException {
    List<String> ways =
        given().stream().map(o -> o.startsWith("--oauth") ? "--oauth-…" : o).distinct().toList();
    if (ways.size() > 1) {
      throw new UsageException(
          "give only one of " + String.join(" and ", ways.subList(0, 2)) + ": one way to log in");
    }
    if (bearer != null) {
      return new Credentials.Bearer(HeaderText.value("--bearer", secrets.read("--bearer", bearer)));
    } else if (apiKey != null) {
      return apiKey(apiKey, secrets);
    } else if (basic != null) {
      return basic(basic, secrets);
    }
    return ways.isEmpty() ? new Credentials.None() : oauth(secrets);
  }

  private static Credentials apiKey(String text, SecretText secrets) throws UsageException {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new UsageException("--api-key: write HEADER:KEY, for example X-API-Key:env:MY_KEY");
    }
    String header = HeaderText.name("--api-key", text.substring(0, colon));
    Secret key = secrets.read("--api-key", text.substring(colon + 1).strip());
    return new Credentials.ApiKey(header, HeaderText.value("--api-key", key));
  }

  private static Credentials basic(String text, SecretText secrets) throws UsageException {
    boolean whole = text.startsWith("@") || text.startsWith("env:");
    String pair = whole ? secrets.read("--basic", text).reveal() : text;
    int colon = pair.indexOf(':');
    if (colon < 1) {
      throw new UsageException("--basic: write USER:PASSWORD, for example me:env:MY_PASSWORD");
    }
    String password = pair.substring(colon + 1);
    Secret secret = whole ? new Secret(password) : secrets.read("--basic", password);
    return new Credentials.Basic(pair.substring(0, colon), secret);
  }

  private Credentials oauth(SecretText secrets) throws UsageException {
    if (oauthId == null || oauthSecret == null) {
      throw new UsageException(
          "OAuth needs both --oauth-client-id and --oauth-client-secret: "
              + (oauthId == null ? "--oauth-client-id" : "--oauth-client-secret")
              + " is missing");
    }
    return new Credentials.OAuthClientCredentials(
        oauthId,
        secrets.read("--oauth-client-secret", oauthSecret),
        null,
        null,
        tokenUrl(oauthTokenUrl),
        oauthScope);
  }

  private static @Nullable URI tokenUrl(@Nullable String text) throws UsageException {
    if (text == null) {
      return null;
    }
    try {
      URI url = new URI(text);
      if (url.getHost() != null
          && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new UsageException("--oauth-token-url: not a usable URL, it must start with https://");
  }
}
