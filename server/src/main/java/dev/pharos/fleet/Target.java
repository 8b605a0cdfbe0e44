package dev.pharos.fleet;

import java.time.Duration;
import java.util.Map;

/**
 * What is needed to look at one server.
 *
 * @param name how the server is called; for a server that is not registered, its address or command
 * @param extraHeaders sent beside the credentials; HTTP only
 * @param timeout bounds one whole look, 100 ms to 10 min
 * @param era which protocol era to speak
 */
public record Target(
    String name,
    Transport transport,
    Credentials credentials,
    Map<String, Secret> extraHeaders,
    Expectation expect,
    Duration timeout,
    EraChoice era) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** For processes: a first start may download a package. */
  public static final Duration DEFAULT_STDIO_TIMEOUT = Duration.ofSeconds(60);

  public Target {
    extraHeaders = Map.copyOf(extraHeaders);
    if (timeout.compareTo(Duration.ofMillis(100)) < 0
        || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException("the timeout must be between 0.1 and 600 seconds");
    }
  }

  /** A target whose era is found out. */
  public Target(
      String name,
      Transport transport,
      Credentials credentials,
      Map<String, Secret> extraHeaders,
      Expectation expect,
      Duration timeout) {
    this(name, transport, credentials, extraHeaders, expect, timeout, EraChoice.AUTO);
  }

  /** A target with no credentials, expecting tools, with the transport's default timeout. */
  public static Target of(String name, Transport transport) {
    Duration timeout =
        switch (transport) {
          case Transport.Http _ -> DEFAULT_TIMEOUT;
          case Transport.Stdio _ -> DEFAULT_STDIO_TIMEOUT;
        };
    return new Target(
        name, transport, new Credentials.None(), Map.of(), Expectation.TOOLS, timeout);
  }

  /** The same target, spoken to in one era only. */
  public Target withEra(EraChoice only) {
    return new Target(name, transport, credentials, extraHeaders, expect, timeout, only);
  }
}
