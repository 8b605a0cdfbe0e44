package dev.pharos.mcp;

import dev.pharos.net.Header;
import dev.pharos.net.HttpAnswer;
import dev.pharos.net.HttpCall;
import dev.pharos.net.HttpConnection;
import dev.pharos.net.HttpDialer;
import dev.pharos.net.Origin;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to one address over one kept connection: credentials, redirects within the host, and one
 * repetition when a kept connection turns out to be dead. One look uses it at a time; only {@link
 * #close} is for any thread.
 */
final class HttpWire implements AutoCloseable {
  private static final int MAX_REDIRECTS = 3;

  /**
   * How long the end of an answered stream may lag behind its answer before the connection is given
   * up.
   */
  private static final Duration LAG = Duration.ofMillis(100);

  private final HttpDialer dialer;
  private final Authorizer authorizer;
  private final List<Header> extra;
  private URI url;
  private Origin origin;
  private String target;
  private volatile @Nullable HttpConnection connection;
  private volatile boolean closed;
  private @Nullable HttpAnswer unfinished;
  private boolean lingers;
  private List<Header> own = List.of();
  private List<Header> credentials = List.of();
  private List<Header> composed = List.of();

  HttpWire(HttpDialer dialer, URI url, List<Header> extra, Authorizer authorizer) {
    this.dialer = dialer;
    this.authorizer = authorizer;
    this.extra = List.copyOf(extra);
    this.url = url;
    this.origin = Origin.of(url);
    this.target = target(url);
  }

  /** Where requests go: the given address, or where it redirected to within its host. */
  URI url() {
    return url;
  }

  /** Sets the headers that every request carries beside the credentials. */
  void headers(List<Header> headers) {
    own = List.copyOf(headers);
    composed = List.of();
  }

  /**
   * Sends a request over the kept connection and returns the head of its answer, which may be a
   * refusal but is no redirect.
   *
   * @param more headers of this request alone
   * @param repeatable whether it may be sent twice
   */
  HttpAnswer exchange(String method, byte[] body, List<Header> more, boolean repeatable, Look look)
      throws FailureException {
    boolean authorized = false;
    int redirects = 0;
    while (true) {
      HttpAnswer answer = once(method, body, more, repeatable, look);
      int status = answer.status();
      if (status >= 300 && status < 400 && status != 304) {
        try (answer) {
          follow(answer, ++redirects, look);
        }
      } else if ((status == 401 || status == 403) && !authorized) {
        authorized = true;
        try (answer) {
          if (!authorizer.refused(refusal(answer), look)) {
            throw new FailureException(FailureKind.FORBIDDEN, "refused with HTTP " + status);
          }
        }
      } else {
        return answer;
      }
    }
  }

  /** Opens a second connection for one request: for a stream beside the kept connection. */
  HttpAnswer beside(HttpConnection own, String method, byte[] body, List<Header> more, Look look)
      throws FailureException {
    return own.exchange(call(method, body, more, look), look);
  }

  private HttpCall call(String method, byte[] body, List<Header> more, Look look)
      throws FailureException {
    List<Header> headers = compose(more, look);
    if (body.length == 0) {
      headers = headers.stream().filter(h -> !h.name().equalsIgnoreCase("Content-Type")).toList();
    }
    return new HttpCall(method, target, headers, body);
  }

  /** Dials the origin once more. The caller owns the connection. */
  HttpConnection dial(Look look) throws FailureException {
    Stage stage = purpose(look);
    HttpConnection dialed = dialer.dial(origin, look);
    look.clock().enter(stage);
    return dialed;
  }

  /** Leaves the end of an answered stream to be read before the next request. */
  void later(HttpAnswer answer) {
    answer.hold();
    unfinished = answer;
  }

  private HttpAnswer once(
      String method, byte[] body, List<Header> more, boolean repeatable, Look look)
      throws FailureException {
    HttpCall call = call(method, body, more, look);
    finishLast(look);
    HttpConnection kept = connection;
    if (kept != null && kept.reusable()) {
      boolean proven = kept.exchanges() > 0;
      try {
        return kept.exchange(call, look);
      } catch (FailureException e) {
        kept.close();
        boolean idleEnd = e.kind() == FailureKind.EMPTY_REPLY || e.kind() == FailureKind.RESET;
        if (!idleEnd || !proven || !repeatable || look.deadline().expired()) {
          throw e;
        }
      }
    } else if (kept != null) {
      kept.close();
    }
    return fresh(call, look);
  }

  private HttpAnswer fresh(HttpCall call, Look look) throws FailureException {
    Stage stage = purpose(look);
    HttpConnection dialed = dialer.dial(origin, look);
    connection = dialed;
    if (closed) {
      dialed.close();
    }
    look.clock().enter(Stage.HTTP);
    HttpAnswer answer = dialed.exchange(call, look);
    look.clock().enter(stage);
    return answer;
  }

  /**
   * What the connection is for: a look that has just begun, in {@code dns}, is about to shake
   * hands.
   */
  private static Stage purpose(Look look) {
    Stage running = look.clock().current();
    return running == Stage.DNS ? Stage.HANDSHAKE : running;
  }

  /**
   * Most servers end a stream right behind the answer; one that does not is not waited for twice.
   */
  private void finishLast(Look look) {
    HttpAnswer last = unfinished;
    if (last == null) {
      return;
    }
    unfinished = null;
    if (!lingers) {
      lingers = !last.drain(look.deadline().within(LAG));
    }
    last.close();
  }

  @SuppressWarnings("ReferenceEquality") // the same instance says that nothing changed
  private List<Header> compose(List<Header> more, Look look) throws FailureException {
    List<Header> current = authorizer.headers(look);
    if (current != credentials || composed.isEmpty()) {
      credentials = current;
      List<Header> all = new ArrayList<>(own);
      all.addAll(extra);
      all.addAll(current);
      composed = withoutDoubles(all);
    }
    if (more.isEmpty()) {
      return composed;
    }
    List<Header> all = new ArrayList<>(composed);
    all.addAll(more);
    return withoutDoubles(all);
  }

  /** The last header of a name wins: what a definition sets replaces ours. */
  private static List<Header> withoutDoubles(List<Header> headers) {
    List<Header> kept = new ArrayList<>(headers.size());
    for (Header header : headers) {
      kept.removeIf(other -> other.name().equalsIgnoreCase(header.name()));
      kept.add(header);
    }
    return List.copyOf(kept);
  }

  private Refusal refusal(HttpAnswer answer) throws FailureException {
    return new Refusal(
        answer.status(), answer.headers("WWW-Authenticate"), HttpBodies.start(answer));
  }

  private void follow(HttpAnswer answer, int redirects, Look look) throws FailureException {
    int status = answer.status();
    String location = answer.header("Location");
    URI next = location == null ? null : resolve(location);
    if (next == null) {
      throw new FailureException(
          FailureKind.REDIRECT, "redirected with HTTP " + status + " to no usable address");
    }
    if (!sameHost(next)) {
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
    if (redirects > MAX_REDIRECTS) {
      throw new FailureException(
          FailureKind.REDIRECT_LOOP,
          "redirected more than " + MAX_REDIRECTS + " times, last to " + shown(next));
    }
    look.note(
        FindingKind.REDIRECTED,
        "redirected with HTTP %d to %s: register that address".formatted(status, shown(next)));
    moveTo(next);
  }

  private void moveTo(URI next) {
    url = next;
    Origin nextOrigin = Origin.of(next);
    target = target(next);
    if (!nextOrigin.equals(origin)) {
      origin = nextOrigin;
      HttpConnection kept = connection;
      if (kept != null) {
        kept.close();
      }
    }
  }

  private @Nullable URI resolve(String location) {
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
  private boolean sameHost(URI next) {
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

  private static String target(URI url) {
    String path = url.getRawPath();
    String query = url.getRawQuery();
    return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }

  /** Closes the kept connection; any thread. */
  @Override
  public void close() {
    closed = true;
    HttpConnection kept = connection;
    if (kept != null) {
      kept.close();
    }
  }
}
