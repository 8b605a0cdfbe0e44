package dev.pharos.watch;

/**
 * Where to knock.
 *
 * @param host a name or a literal address without brackets
 */
public record Door(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /** Refuses what is no host or no port with an {@code IllegalArgumentException}. */
  public Door {
    if (host.isBlank() || port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("give a host and a port from 1 to 65535");
    }
  }

  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}
