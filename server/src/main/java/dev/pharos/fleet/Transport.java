package dev.pharos.fleet;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a server is reached. */
public sealed interface Transport {
  /**
   * Over HTTP. An unusable address is refused with an {@code IllegalArgumentException} that says
   * why.
   *
   * @param url absolute, scheme {@code http} or {@code https}, with a host, without user info or
   *     fragment
   */
  record Http(URI url, TransportChoice choice) implements Transport {
    public Http {
      String scheme = url.getScheme();
      if (scheme == null
          || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
        throw new IllegalArgumentException("the address must start with http:// or https://");
      }
      if (url.getHost() == null || url.getHost().isEmpty()) {
        throw new IllegalArgumentException("the address has no host name");
      }
      if (url.getRawUserInfo() != null) {
        throw new IllegalArgumentException(
            "the address must not hold a user name or password: use basic authentication instead");
      }
      if (url.getRawFragment() != null) {
        throw new IllegalArgumentException(
            "the address must not have a fragment (the part after #)");
      }
    }
  }

  /**
   * A child process that speaks over its standard input and output.
   *
   * @param command the program and its arguments, at least one, started without a shell
   * @param env variables added to a small inherited set (PATH, HOME and the like), never to all of
   *     ours
   * @param directory where it starts, or null for ours
   */
  record Stdio(List<String> command, Map<String, Secret> env, @Nullable String directory)
      implements Transport {
    public Stdio {
      command = List.copyOf(command);
      env = Map.copyOf(env);
      if (command.isEmpty() || command.getFirst().isBlank()) {
        throw new IllegalArgumentException("the command is empty");
      }
    }
  }
}
