package dev.pharos.mcp;

import dev.pharos.net.Header;
import dev.pharos.net.HttpAnswer;
import dev.pharos.net.HttpCall;
import dev.pharos.net.HttpConnection;
import dev.pharos.net.HttpDialer;
import dev.pharos.net.IdleListener;
import dev.pharos.net.Origin;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
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
 * #aside} and {@link #close} are for any thread.
 */
final class HttpWire implements AutoCloseable {
  /**
   * How long the end of an answered stream may lag behind its answer before the connection is given
   * up.
   */
  private static final Duration LAG = Duration.ofMillis(100);

  /** Likewise for a server that was late before: between two looks the end had time to come. */
  private static final Duration AT_ONCE = Duration.ofMillis(5);

  private final HttpDialer dialer;
  private final Authorizer authorizer;
  private final List<Header> extra;
  private URI url;
  private Origin origin;
  private String target;
  private volatile @Nullable HttpConnection connection;
  private volatile boolean closed;
  private volatile @Nullable Route route;
  private @Nullable IdleListener idle;
  private @Nullable HttpAnswer unfinished;
  private boolean lingers;
  private List<Header> own = List.of();
  private @Nullable List<Header> credentials;
  private List<Header> composed = List.of();

  /** Where and how the last request went: all that another thread may know of this wire. */
  private record Route(Origin origin, String target, List<Header> headers) {}

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
    compose();
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
    int refusals = 0;
    int redirects = 0;
    while (true) {
      HttpAnswer answer = once(method, body, more, repeatable, look);
      int status = answer.status();
      if (status >= 300 && status < 400 && status != 304) {
        try (answer) {
          moveTo(Redirect.target(answer, url, ++redirects, look));
        }
      } else if (status == 401 || status == 403) {
        try (answer) {
          refused(answer, ++refusals, look);
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

  /**
   * Sends one message of ours on a connection of its own, the way the last request went: the kept
   * connection is busy with the stream that it answers to. Any thread; does nothing before the
   * first request.
   */
  void aside(byte[] body, Look look) throws FailureException {
    Route last = route;
    if (last == null || closed) {
      return;
    }
    HttpCall call = new HttpCall("POST", last.target(), last.headers(), body);
    try (HttpConnection once = dialer.dial(last.origin(), look);
        HttpAnswer answer = once.exchange(call, look)) {
      var _ = answer.drain(look.deadline());
    }
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
    answer.leave();
    unfinished = answer;
  }

  /**
   * Has ends of the kept connection told while it is idle, and of those that replace it.
   *
   * @param listener null to have them told no more
   */
  void heed(@Nullable IdleListener listener) {
    idle = listener;
    HttpConnection kept = connection;
    if (kept != null) {
      kept.heed(listener);
    }
  }

  private HttpAnswer once(
      String method, byte[] body, List<Header> more, boolean repeatable, Look look)
      throws FailureException {
    HttpCall call = call(method, body, more, look);
    HttpConnection kept = connection;
    if (kept != null) {
      kept.rouse();
    }
    finishLast(look);
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
    dialed.heed(idle);
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
    lingers = !last.drain(look.deadline().within(lingers ? AT_ONCE : LAG));
    last.close();
  }

  @SuppressWarnings("ReferenceEquality") // the same instance says that nothing changed
  private List<Header> compose(List<Header> more, Look look) throws FailureException {
    List<Header> current = authorizer.headers(look);
    if (current != credentials) {
      credentials = current;
      compose();
    }
    if (more.isEmpty()) {
      return composed;
    }
    List<Header> all = new ArrayList<>(composed);
    all.addAll(more);
    return withoutDoubles(all);
  }

  private void compose() {
    List<Header> current = credentials;
    if (current != null) {
      List<Header> all = new ArrayList<>(own);
      all.addAll(extra);
      all.addAll(current);
      composed = withoutDoubles(all);
      route = new Route(origin, target, composed);
    }
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
        answer.status(), answer.headers("WWW-Authenticate"), Text.line(HttpBodies.start(answer)));
  }

  private void refused(HttpAnswer answer, int refusals, Look look) throws FailureException {
    boolean again = authorizer.refused(refusal(answer), look);
    if (!again || refusals > 1) {
      throw new FailureException(
          answer.status() == 401 ? FailureKind.AUTH_REJECTED : FailureKind.FORBIDDEN,
          "refused with HTTP " + answer.status());
    }
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
    compose();
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
