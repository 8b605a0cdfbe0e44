package dev.pharos.cli;

import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how to look at a server. Filled by the parser. */
final class TargetOptions {
  @Option(
      names = "--transport",
      paramLabel = "auto|streamable-http|sse",
      description = "How to speak to a URL (default: auto, Streamable HTTP first).")
  private @Nullable String transport;

  @Option(
      names = "--expect",
      paramLabel = "tools|auth-challenge",
      description =
          "What makes the server healthy (default: tools). auth-challenge: a correct 401, for"
              + " servers that you may not log in to.")
  private @Nullable String expect;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Bound of one whole look, 0.1 to 600 (default: 30, for commands 60).")
  private @Nullable String timeout;

  @Option(
      names = "--header",
      paramLabel = "NAME:VALUE",
      description = "Send this header too; may be given several times.")
  private List<String> headers = new ArrayList<>();

  @Mixin private CredentialOptions credentials = new CredentialOptions();

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "Set this variable for the command; may be given several times.")
  private List<String> env = new ArrayList<>();

  TransportChoice choice() throws UsageException {
    return switch (transport == null ? "auto" : transport.toLowerCase(Locale.ROOT)) {
      case "auto", "http" -> TransportChoice.AUTO;
      case "streamable-http" -> TransportChoice.STREAMABLE_HTTP;
      case "sse" -> TransportChoice.SSE;
      default -> throw new UsageException("--transport: write auto, streamable-http or sse");
    };
  }

  private Expectation expectation() throws UsageException {
    return switch (expect == null ? "tools" : expect.toLowerCase(Locale.ROOT)) {
      case "tools" -> Expectation.TOOLS;
      case "auth-challenge", "auth_challenge" -> Expectation.AUTH_CHALLENGE;
      default -> throw new UsageException("--expect: write tools or auth-challenge");
    };
  }

  private Duration timeout(Duration otherwise) throws UsageException {
    if (timeout == null) {
      return otherwise;
    }
    try {
      double seconds = Double.parseDouble(timeout);
      if (seconds >= 0.1 && seconds <= 600) {
        return Duration.ofMillis(Math.round(seconds * 1000));
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException("--timeout: write seconds between 0.1 and 600, for example 10");
  }

  /** A target for an address as it was written. */
  Target address(String text, Transport.Http http, SecretText secrets) throws UsageException {
    if (!env.isEmpty()) {
      throw new UsageException("--env is for commands: give the command behind --");
    }
    return new Target(
        text,
        http,
        credentials.credentials(secrets),
        HeaderText.headers(headers, secrets),
        expectation(),
        timeout(Target.DEFAULT_TIMEOUT));
  }

  /** A target for a command. */
  Target command(List<String> command, SecretText secrets) throws UsageException {
    List<String> httpOnly = httpOnly();
    if (!httpOnly.isEmpty()) {
      throw new UsageException(
          httpOnly.getFirst() + " is for URLs; a command gets its secrets by --env");
    }
    Map<String, Secret> variables = new LinkedHashMap<>();
    for (String text : env) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new UsageException("--env: write NAME=VALUE, for example API_KEY=env:MY_KEY");
      }
      String name = text.substring(0, equals);
      String value = text.substring(equals + 1);
      // An empty variable is a value like any other, an empty secret is a mistake.
      variables.put(name, value.isEmpty() ? new Secret("") : secrets.read("--env " + name, value));
    }
    if (command.getFirst().isBlank()) {
      throw new UsageException("the command behind -- is empty");
    }
    Target plain =
        Target.of(String.join(" ", command), new Transport.Stdio(command, variables, null));
    return withTimeout(plain);
  }

  /** A target of a file: only the timeout may be said from outside. */
  Target withTimeout(Target target) throws UsageException {
    return new Target(
        target.name(),
        target.transport(),
        target.credentials(),
        target.extraHeaders(),
        target.expect(),
        timeout(target.timeout()));
  }

  /** Refuses what would send one server's secrets to all servers of a file. */
  void refuseForFile() throws UsageException {
    List<String> given = httpOnly();
    if (!env.isEmpty()) {
      given.add("--env");
    }
    if (!given.isEmpty()) {
      throw new UsageException(
          given.getFirst() + " is for one server: write it into the file, or give a URL");
    }
  }

  private List<String> httpOnly() {
    List<String> given = credentials.given();
    if (transport != null) {
      given.add("--transport");
    }
    if (expect != null) {
      given.add("--expect");
    }
    if (!headers.isEmpty()) {
      given.add("--header");
    }
    return given;
  }
}
