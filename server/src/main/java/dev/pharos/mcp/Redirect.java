package dev.pharos.mcp;

import dev.pharos.net.HttpAnswer;
import dev.pharos.net.Origin;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Which redirects are followed: few, within the host, and only those that keep a POST a POST. */
final class Redirect {
  private static final int MOST = 3;

  private Redirect() {}

  /**
   * Where an answer with a redirecting status leads.
   *
   * @param url where the request went
   * @param redirects how many there were, this one included
   * @throws FailureException when it may not be followed
   */
  static URI target(HttpAnswer answer, URI url, int redirects, Look look) throws FailureException {
    int status = answer.status();
    String location = answer.header("Location");
    URI next = location == null ? null : resolve(url, location);
    if (next == null) {
      throw new FailureException(
          FailureKind.REDIRECT, "redirected with HTTP " + status + " to no usable address");
    }
    if (!sameHost(Origin.of(url), next)) {
      throw new FailureException(
          FailureKind.REDIRECT_CROSS_HOST,
          "redirected with HTTP %d to another host (%s): not followed, since the credentials would follow too; if that is right, register that address"
              .formatted(status, shown(next)));
    }
    if (status != 307 && status != 308) {
      throw new FailureException(
          FailureKind.REDIRECT,
          "redirected with HTTP %d to %s, which makes clients turn POST into GET: register that address, or answer 308"
              .formatted(status, shown(next)));
    }
    if (redirects > MOST) {
      throw new FailureException(
          FailureKind.REDIRECT_LOOP,
          "redirected more than " + MOST + " times, last to " + shown(next));
    }
    look.note(
        FindingKind.REDIRECTED,
        "redirected with HTTP %d to %s: register that address".formatted(status, shown(next)));
    return next;
  }

  private static @Nullable URI resolve(URI url, String location) {
    try {
      URI next = url.resolve(location.strip());
      boolean http =
          "http".equalsIgnoreCase(next.getScheme()) || "https".equalsIgnoreCase(next.getScheme());
      return http && next.getHost() != null ? next : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * The same scheme, host and port; or the same host from plain HTTP to HTTPS on the schemes' own
   * ports.
   */
  private static boolean sameHost(Origin origin, URI next) {
    Origin other = Origin.of(next);
    boolean upgrade =
        !origin.secure() && other.secure() && origin.port() == 80 && other.port() == 443;
    return other.equals(origin) || (upgrade && other.host().equals(origin.host()));
  }

  private static String shown(URI uri) {
    return Text.line(
        uri.getScheme()
            + "://"
            + uri.getRawAuthority()
            + (uri.getRawPath() == null ? "" : uri.getRawPath()));
  }
}
