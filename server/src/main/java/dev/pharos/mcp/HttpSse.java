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
import dev.pharos.trace.WireTap;
import dev.pharos.trace.WireTap.Direction;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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
  private final Inbox inbox;
  private final StreamReader reader;
  private final Supplier<Look> asides;
  private volatile boolean ended;

  private HttpSse(
      HttpWire stream,
      HttpWire posts,
      Json json,
      Mailbox mailbox,
      Inbox inbox,
      StreamReader reader,
      Supplier<Look> asides) {
    this.stream = stream;
    this.posts = posts;
    this.json = json;
    this.mailbox = mailbox;
    this.inbox = inbox;
    this.reader = reader;
    this.asides = asides;
  }

  /** Opens the stream and waits for the address to post to. */
  static HttpSse open(
      HttpDialer dialer,
      URI url,
      List<Header> extra,
      Authorizer authorizer,
      Json json,
      McpSettings settings,
      Supplier<Look> asides,
      Look look)
      throws FailureException {
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
      AtomicReference<@Nullable HttpSse> self = new AtomicReference<>();
      Inbox inbox =
          new Inbox(message -> {
            HttpSse link = self.get();
            if (link != null) {
              link.reply(message);
            }
          });
      Mailbox mailbox = new Mailbox(json, inbox);
      StreamReader reader =
          new StreamReader(answer, mailbox, settings.maxMessageBytes(), look.tap());
      Thread.ofVirtual().name("sse-stream").start(reader);
      HttpWire posts =
          new HttpWire(dialer, endpoint(stream.url(), reader.endpoint(look)), extra, authorizer);
      posts.headers(
          List.of(
              new Header("Content-Type", "application/json"),
              new Header("Accept", "application/json, text/event-stream"),
              agent));
      HttpSse link = new HttpSse(stream, posts, json, mailbox, inbox, reader, asides);
      self.set(link);
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
      URI endpoint = base.resolve(given.strip());
      if (!given.isBlank()
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
    return !ended && !mailbox.closed();
  }

  @Override
  public void agree(String revision, boolean session) {
    // This transport has no version header and no session header.
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
        HttpBodies.start(answer);
        return null;
      }
      return HttpBodies.refused(answer, json, look);
    }
  }

  private void reply(byte[] message) {
    // On a thread of its own: the reading thread must go on reading, and the posting connection may
    // be in use.
    Thread.ofVirtual()
        .start(() -> {
          Look look = asides.get();
          try (var own = posts.dial(look);
              HttpAnswer answer = posts.beside(own, "POST", message, List.of(), look)) {
            HttpBodies.start(answer);
          } catch (FailureException e) {
            // The server asked and does not listen to the answer: what we wanted of it is not
            // touched.
          }
        });
  }

  @Override
  public @Nullable Hold hold(@Nullable Call<Boolean> listen, HoldListener listener, Look look) {
    inbox.listener(listener);
    return reader.hold(listener) ? reader : null;
  }

  @Override
  public void end(Look look) {
    ended = true;
    reader.close();
    posts.close();
    stream.close();
  }

  /** Reads the one event stream of the session. */
  private static final class StreamReader implements Runnable, Hold {
    private final HttpAnswer answer;
    private final Mailbox mailbox;
    private final int maxEventBytes;
    private final WireTap tap;
    private final CompletableFuture<String> endpoint = new CompletableFuture<>();
    private final AtomicReference<@Nullable HoldListener> listener = new AtomicReference<>();
    private volatile boolean over;

    StreamReader(HttpAnswer answer, Mailbox mailbox, int maxEventBytes, WireTap tap) {
      this.answer = answer;
      this.mailbox = mailbox;
      this.maxEventBytes = maxEventBytes;
      this.tap = tap;
    }

    /** Waits for the first event. */
    String endpoint(Look look) throws FailureException {
      try {
        return endpoint.get(look.deadline().remainingNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new FailureException(
            FailureKind.ENDPOINT_REJECTED,
            "the event stream opened, but its endpoint event did not come in time");
      } catch (ExecutionException e) {
        throw new FailureException(
            FailureKind.ENDPOINT_REJECTED,
            "the event stream opened, but "
                + String.valueOf(e.getCause() == null ? null : e.getCause().getMessage()));
      } catch (InterruptedException e) {
        throw Pauses.interrupted();
      }
    }

    boolean hold(HoldListener next) {
      listener.set(next);
      return !over;
    }

    @Override
    public void run() {
      String detail = "the event stream ended";
      FailureKind kind = FailureKind.STREAM_ENDED;
      try (SseParser parser = SseParser.held(maxEventBytes, this::event)) {
        byte[] chunk = new byte[1024];
        for (int count = answer.read(chunk, 0, chunk.length);
            count >= 0;
            count = answer.read(chunk, 0, chunk.length)) {
          parser.feed(chunk, 0, count);
        }
      } catch (FailureException e) {
        detail = "the event stream broke: " + e.detail();
        kind = e.kind() == FailureKind.OVERSIZE ? e.kind() : kind;
      }
      over = true;
      endpoint.completeExceptionally(
          new IllegalStateException(detail + " before its endpoint event"));
      mailbox.close(new FailureException(kind, detail));
      HoldListener told = listener.getAndSet(null);
      if (told != null) {
        told.ended(detail);
      }
    }

    private void event(String type, byte[] bytes, int offset, int length) {
      if (tap.listening()) {
        tap.heard(Direction.RECEIVED, "sse", EventReader.shown(type, bytes, offset, length));
      }
      byte[] data = Arrays.copyOfRange(bytes, offset, offset + length);
      if (type.equals("endpoint")) {
        endpoint.complete(new String(data, StandardCharsets.UTF_8));
      } else if (type.equals("message") && length > 0) {
        try {
          mailbox.deliver(data);
        } catch (FailureException e) {
          mailbox.broken(e);
        }
      }
    }

    @Override
    public boolean open() {
      return !over && listener.get() != null;
    }

    @Override
    public void close() {
      listener.set(null);
    }
  }
}
