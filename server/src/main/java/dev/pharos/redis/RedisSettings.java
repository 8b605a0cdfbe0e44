package dev.pharos.redis;

import dev.pharos.fleet.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is.
 *
 * @param tls whether the connection is encrypted; then the certificate must be valid for the host
 * @param user of Redis' access control lists, or null for the default user
 * @param password null for none
 * @param database 0 or above
 */
public record RedisSettings(
    String host,
    int port,
    boolean tls,
    @Nullable String user,
    @Nullable Secret password,
    int database) {
  private static final int DEFAULT_PORT = 6379;
  private static final int MAX_PORT = 65_535;
  private static final String EXAMPLE = "write redis://user:password@host:6379/0";

  /**
   * Reads an address: {@code redis://} or {@code rediss://} (encrypted), then {@code
   * [user][:password]@} when needed, host, {@code :port} (6379 when left out), {@code /database} (0
   * when left out).
   *
   * @throws RedisException when it is none; the message shows nothing of it
   */
  public static RedisSettings parse(Secret url) {
    URI uri = uri(url.reveal().strip());
    String scheme = uri.getScheme();
    if (!"redis".equalsIgnoreCase(scheme) && !"rediss".equalsIgnoreCase(scheme)) {
      throw wrong("must begin with redis:// or, encrypted, rediss://");
    }
    if (uri.getHost() == null) {
      throw wrong(
          "names no host; characters such as @ : / # % in a password are written as %40 %3A %2F"
              + " %23 %25");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw wrong("has a part after ? or #, which is not supported: leave it out");
    }
    return new RedisSettings(
        uri.getHost().replaceAll("^\\[|]$", ""),
        port(uri.getPort()),
        "rediss".equalsIgnoreCase(scheme),
        user(uri.getRawUserInfo()),
        password(uri.getRawUserInfo()),
        database(uri.getRawPath()));
  }

  /** For people: without user and password. */
  @Override
  public String toString() {
    String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return (tls ? "rediss://" : "redis://") + shown + ":" + port + "/" + database;
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Without its cause, which quotes the address with the password.
      throw wrong(
          "is no address: "
              + EXAMPLE
              + ", with characters such as @ : / # % in the password written as %40 %3A %2F %23 %25");
    }
  }

  private static int port(int port) {
    if (port == 0 || port > MAX_PORT) {
      throw wrong("has a port that is not between 1 and 65535");
    }
    return port < 0 ? DEFAULT_PORT : port;
  }

  private static @Nullable String user(@Nullable String info) {
    if (info == null) {
      return null;
    }
    int colon = info.indexOf(':');
    if (colon < 0) {
      throw wrong("has a user without a password: write user:password@, or :password@ alone");
    }
    return colon == 0 ? null : decoded(info.substring(0, colon));
  }

  private static @Nullable Secret password(@Nullable String info) {
    if (info == null) {
      return null;
    }
    String password = decoded(info.substring(info.indexOf(':') + 1));
    if (password.isEmpty()) {
      throw wrong("has an empty password: write it after the colon, or leave out all before the @");
    }
    return new Secret(password);
  }

  private static int database(@Nullable String path) {
    String number = path == null ? "" : path.replaceFirst("^/", "");
    if (!number.matches("\\d{0,5}")) {
      throw wrong("has a path that is no number of a database: " + EXAMPLE);
    }
    return number.isEmpty() ? 0 : Integer.parseInt(number);
  }

  /** A plus sign stands for itself here, unlike in forms. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static RedisException wrong(String what) {
    return new RedisException("redis_url " + what);
  }
}
