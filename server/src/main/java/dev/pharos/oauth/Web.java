package dev.pharos.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pharos.net.Header;
import dev.pharos.net.HttpAnswer;
import dev.pharos.net.HttpCall;
import dev.pharos.net.HttpConnection;
import dev.pharos.net.HttpDialer;
import dev.pharos.net.Origin;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.WireTap.Direction;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whole exchanges within one look, each over a connection of its own. */
final class Web {
  /** One whole answer, its body bounded; a document that is not there has no body. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, @Nullable String location, @Nullable String retryAfter, byte[] body) {}

  static final int MAX_BODY = 256 * 1024;
  private static final int MAX_REDIRECTS = 3;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  static final Header ACCEPT = new Header("Accept", "application/json");
  private static final Set<FailureKind> OWN =
      Set.of(
          FailureKind.OVERSIZE,
          FailureKind.REDIRECT,
          FailureKind.REDIRECT_CROSS_HOST,
          FailureKind.REDIRECT_LOOP);

  private final HttpDialer dialer;
  private final Look look;

  Web(HttpDialer dialer, Look look) {
    this.dialer = dialer;
    this.look = look;
  }

  /** Whether a failure came from the answer's contents, so that another address may do better. */
  static boolean answered(FailureException failure) {
    return OWN.contains(failure.kind());
  }

  /**
   * Gets a document, following redirects within its origin only.
   *
   * @throws FailureException of the network, or for a redirect or a size that is refused
   */
  Answer get(URI url) throws FailureException {
    URI current = url;
    for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
      Answer answer = exchange(current, "GET", List.of(ACCEPT), new byte[0]);
      if (!REDIRECTS.contains(answer.status())) {
        return answer;
      }
      current = next(current, answer);
    }
    throw new FailureException(FailureKind.REDIRECT_LOOP, "too many redirects");
  }

  /** Posts a form; a redirect is an answer like any other, since it must not be followed. */
  Answer post(URI url, List<Header> headers, byte[] form) throws FailureException {
    return exchange(url, "POST", headers, form);
  }

  private static URI next(URI from, Answer answer) throws FailureException {
    String location = answer.location();
    URI to = location == null ? null : resolve(from, location);
    if (to == null || to.getHost() == null) {
      throw new FailureException(
          FailureKind.REDIRECT, "HTTP " + answer.status() + " without an address to go to");
    }
    if (!Origin.of(to).equals(Origin.of(from))) {
      throw new FailureException(
          FailureKind.REDIRECT_CROSS_HOST,
          "redirects to another host, which is not followed: " + Excerpt.of(to));
    }
    return to;
  }

  private static @Nullable URI resolve(URI from, String location) {
    try {
      return from.resolve(location);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private Answer exchange(URI url, String method, List<Header> headers, byte[] body)
      throws FailureException {
    HttpCall call = new HttpCall(method, target(url), headers, body);
    try (HttpConnection connection = dialer.dial(Origin.of(url), look);
        HttpAnswer answer = connection.exchange(call, look)) {
      // The body of a document that is not there may be of any size, and nobody needs it.
      boolean wanted = method.equals("POST") || answer.status() == 200;
      byte[] content = wanted ? body(answer) : new byte[0];
      if (content.length > 0 && look.tap().listening()) {
        look.tap().heard(Direction.RECEIVED, "http", new String(content, UTF_8));
      }
      return new Answer(
          answer.status(), answer.header("Location"), answer.header("Retry-After"), content);
    }
  }

  private static String target(URI url) {
    URI ascii = URI.create(url.toASCIIString());
    String path = ascii.getRawPath();
    String query = ascii.getRawQuery();
    return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }

  private static byte[] body(HttpAnswer answer) throws FailureException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] chunk = new byte[8 * 1024];
    for (int n = answer.read(chunk, 0, chunk.length);
        n >= 0;
        n = answer.read(chunk, 0, chunk.length)) {
      body.write(chunk, 0, n);
      if (body.size() > MAX_BODY) {
        throw new FailureException(
            FailureKind.OVERSIZE, "answers with more than " + MAX_BODY / 1024 + " KiB");
      }
    }
    return body.toByteArray();
  }
}
