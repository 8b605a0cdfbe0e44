package dev.pharos.mcp;

import dev.pharos.net.Header;
import dev.pharos.net.HttpAnswer;
import dev.pharos.net.HttpDialer;
import dev.pharos.net.Origin;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.TransportKind;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * HTTP+SSE of revision 2024-11-05: answers come on one event stream, messages go by POST to the
 * address it names.
 */
final class HttpSse implements Link {
  private final HttpWire stream;
  private final HttpWire posts;
  private final Json json;
  private final Mailbox mailbox;
  private final StreamReader reader;
  private final Lease session;
  private final AtomicBoolean ended = new AtomicBoolean();

  private HttpSse(
      HttpWire stream, HttpWire posts, Mailbox mailbox, StreamReader reader, McpOpener opener) {
    this.stream = stream;
    this.posts = posts;
    this.json = opener.json();
    this.mailbox = mailbox;
    this.reader = reader;
    this.session = opener.tally().session();
  }

  /**
   * Opens the stream and waits for the address to post to.
   *
   * @throws FailureException of kind {@code not_mcp} when the stream opens, but names no address
   */
  static HttpSse open(
      McpOpener opener, URI url, List<Header> extra, Authorizer authorizer, Look look)
      throws FailureException {
    HttpDialer dialer = opener.dialer();
    Json json = opener.json();
    McpSettings settings = opener.settings();
    Header agent = new Header("User-Agent", settings.clientName() + "/" + settings.clientVersion());
    HttpWire stream = new HttpWire(dialer, url, extra, authorizer);
    stream.headers(List.of(new Header("Accept", "text/event-stream"), agent));
    boolean opened = false;
    try {
      HttpAnswer answer = stream.exchange("GET", StreamableHttp.NOTHING, List.of(), true, look);
      if (answer.status() != 200) {
        throw HttpBodies.refused(answer, json, look).failure("GET of the event stream");
      }
      if (!"text/event-stream".equals(HttpBodies.mediaType(answer))) {
        throw HttpBodies.wrongType("GET of the event stream", answer);
      }
      answer.hold();
      AtomicReference<@Nullable Replies> replies = new AtomicReference<>();
      Inbox inbox =
          new Inbox(message -> {
            Replies ready = replies.get();
            if (ready != null) {
              ready.send(message);
            }
          });
      Mailbox mailbox = new Mailbox(json, inbox);
      StreamReader reader =
          new StreamReader(answer, json, mailbox, inbox, settings.maxMessageBytes(), look.tap());
      Thread.ofVirtual().name("sse-stream").start(reader);
      URI address =
          endpoint(stream.url(), reader.endpoint(look.deadline().within(settings.discoverWait())));
      HttpWire posts = new HttpWire(dialer, address, extra, authorizer);
      posts.headers(
          List.of(
              new Header("Content-Type", "application/json"),
              new Header("Accept", "application/json, text/event-stream"),
              agent));
      replies.set(new Replies(posts, opener::aside));
      HttpSse link = new HttpSse(stream, posts, mailbox, reader, opener);
      opened = true;
      look.note(
          FindingKind.DEPRECATED_TRANSPORT,
          "the server is reached over HTTP+SSE, deprecated since revision 2025-03-26");
      return link;
    } finally {
      if (!opened) {
        stream.close();
      }
    }
  }

  /** The address must have the stream's own origin: credentials would leave it otherwise. */
  private static URI endpoint(URI base, String given) throws FailureException {
    try {
      URI endpoint = resolve(base, given.strip());
      boolean http =
          "http".equalsIgnoreCase(endpoint.getScheme())
              || "https".equalsIgnoreCase(endpoint.getScheme());
      if (!given.isBlank()
          && http
          && endpoint.getHost() != null
          && Origin.of(endpoint).equals(Origin.of(base))) {
        return endpoint;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the refusal.
    }
    throw new FailureException(
        FailureKind.ENDPOINT_REJECTED,
        "the endpoint event names an address of another origin, or none: "
            + Text.line(given.split("\\?", 2)[0])); // what follows holds a session id
  }

  /**
   * RFC 3986 section 5.2, which {@link URI#resolve} does not follow where only a query is given.
   */
  private static URI resolve(URI base, String given) {
    if (!given.startsWith("?")) {
      return base.resolve(given);
    }
    String path = base.getRawPath();
    return base.resolve((path == null || path.isEmpty() ? "/" : path) + given);
  }

  @Override
  public TransportKind transport() {
    return TransportKind.SSE;
  }

  @Override
  public String url() {
    return stream.url().toString();
  }

  @Override
  public @Nullable String sessionId() {
    return null;
  }

  @Override
  public boolean alive() {
    return !ended.get() && !mailbox.closed();
  }

  @Override
  public void agree(String revision, boolean inSession) {
    // This transport has no version header and no session header: the stream is the session.
    if (inSession) {
      session.begin();
    }
  }

  @Override
  public @Nullable Refused send(Call<?> call, Look look) throws FailureException {
    mailbox.expect(call);
    boolean answered = false;
    try {
      Refused refused = post(call.message(), call.repeatable(), look);
      if (refused != null) {
        return refused;
      }
      mailbox.await(call, look);
      answered = true;
      return null;
    } finally {
      if (!answered) {
        mailbox.forget(call);
      }
    }
  }

  @Override
  public @Nullable Refused tell(String method, byte[] message, Look look) throws FailureException {
    return post(message, true, look);
  }

  private @Nullable Refused post(byte[] message, boolean repeatable, Look look)
      throws FailureException {
    try (HttpAnswer answer = posts.exchange("POST", message, List.of(), repeatable, look)) {
      if (answer.status() >= 200 && answer.status() < 300) {
        var _ = answer.drain(look.deadline().within(StreamableHttp.BODY_OF_NOTHING));
        return null;
      }
      return HttpBodies.refused(answer, json, look);
    }
  }

  @Override
  public @Nullable Hold hold(@Nullable Call<Boolean> listen, HoldListener listener, Look look) {
    return reader.hold(listener);
  }

  @Override
  public void end(Look look) {
    if (ended.getAndSet(true)) {
      return;
    }
    reader.letGo();
    posts.close();
    stream.close();
    session.end();
  }
}
