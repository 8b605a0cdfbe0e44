package dev.pharos.mcp;

import dev.pharos.net.Header;
import dev.pharos.net.HttpAnswer;
import dev.pharos.net.IdleListener;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.TransportKind;
import dev.pharos.trace.WireTap.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Streamable HTTP: each message is a POST, answered with JSON or with an event stream (revision
 * 2025-03-26 and newer).
 */
final class StreamableHttp implements Link {
  static final byte[] NOTHING = {};
  private static final int MAX_SESSION_ID = 1024;
  private static final int MAX_RESUMES = 100;
  private static final long IDLE_RESUME_MILLIS = 250;

  /** How long the body of an answer to a notification may take. */
  static final Duration BODY_OF_NOTHING = Duration.ofSeconds(1);

  private final HttpWire wire;
  private final Json json;
  private final McpSettings settings;
  private final Inbox inbox;
  private String revision = "";
  private boolean session = true;
  private @Nullable String sessionId;
  private final Lease lease;
  private final AtomicBoolean ended = new AtomicBoolean();

  /** A link over {@code wire}. */
  StreamableHttp(HttpWire wire, McpOpener opener) {
    this.wire = wire;
    this.json = opener.json();
    this.settings = opener.settings();
    this.inbox = new Inbox(new Replies(wire, opener::aside));
    this.lease = opener.tally().session();
    wire.headers(headers());
  }

  @Override
  public TransportKind transport() {
    return TransportKind.STREAMABLE_HTTP;
  }

  @Override
  public String url() {
    return wire.url().toString();
  }

  @Override
  public @Nullable String sessionId() {
    return sessionId;
  }

  @Override
  public boolean alive() {
    return !ended.get();
  }

  @Override
  public void agree(String agreed, boolean inSession) {
    revision = agreed;
    session = inSession;
    if (!inSession) {
      sessionId = null;
      lease.end();
    }
    wire.headers(headers());
  }

  private List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", "application/json"));
    headers.add(new Header("Accept", "application/json, text/event-stream"));
    headers.add(new Header("User-Agent", settings.clientName() + "/" + settings.clientVersion()));
    if (!revision.isEmpty() && Revision.hasVersionHeader(revision)) {
      headers.add(new Header("MCP-Protocol-Version", revision));
    }
    if (sessionId != null) {
      headers.add(new Header("Mcp-Session-Id", sessionId));
    }
    return headers;
  }

  @Override
  public @Nullable Refused send(Call<?> call, Look look) throws FailureException {
    inbox.note(look); // of what came on a held stream
    HttpAnswer answer =
        wire.exchange("POST", call.message(), headersOf(call), call.repeatable(), look);
    boolean leave = false;
    try {
      if (answer.status() < 200 || answer.status() > 299) {
        return HttpBodies.refused(answer, json, look);
      }
      takeSession(answer, call, look);
      String type = HttpBodies.mediaType(answer);
      if (answer.status() != 200) {
        throw HttpBodies.refused(answer, json, look).failure(call.method());
      } else if ("application/json".equals(type)) {
        readJson(call, answer, look);
      } else if ("text/event-stream".equals(type)) {
        leave = readStream(call, answer, look);
      } else {
        throw HttpBodies.wrongType(call.method(), answer);
      }
      return null;
    } finally {
      if (leave) {
        wire.later(answer);
      } else {
        answer.close();
      }
    }
  }

  private List<Header> headersOf(Call<?> call) {
    if (session) {
      return call.headers();
    }
    List<Header> headers = new ArrayList<>(call.headers());
    headers.add(new Header("Mcp-Method", call.method()));
    String name = call.name();
    if (name != null) {
      headers.add(new Header("Mcp-Name", ToolHeaders.encode(name)));
    }
    return headers;
  }

  private void takeSession(HttpAnswer answer, Call<?> call, Look look) throws FailureException {
    if (!session || !call.method().equals("initialize")) {
      return;
    }
    String id = answer.header("Mcp-Session-Id");
    if (id == null) {
      return;
    }
    if (id.isEmpty()
        || id.length() > MAX_SESSION_ID
        || !id.chars().allMatch(c -> c >= 0x21 && c <= 0x7E)) {
      throw new FailureException(
          FailureKind.SCHEMA_VIOLATION,
          "the session id is not 1 to 1,024 visible ASCII characters");
    }
    sessionId = id;
    lease.begin();
    wire.headers(headers());
    look.tap().heard(Direction.NOTE, "session", "opened");
  }

  private void readJson(Call<?> call, HttpAnswer answer, Look look) throws FailureException {
    try (Buffer body = Buffer.lend(settings.maxMessageBytes())) {
      HttpBodies.all(answer, body, look);
      if (!Batch.take(body.bytes(), 0, body.length(), json, call.taker(inbox, look))) {
        throw new FailureException(
            FailureKind.ID_MISMATCH,
            call.method() + " was answered with a message that is no answer to it");
      }
    }
  }

  /** Reads events until the answer came; returns whether the stream's end was left for later. */
  private boolean readStream(Call<?> call, HttpAnswer answer, Look look) throws FailureException {
    try (SseParser parser = EventReader.brief(call, json, settings, inbox, look)) {
      boolean resumable;
      try {
        if (EventReader.untilAnswered(call, answer, parser, settings, look)) {
          return true;
        }
        resumable = session && parser.lastEventId() != null;
      } catch (FailureException e) {
        boolean cut = e.kind() == FailureKind.TRUNCATED || e.kind() == FailureKind.RESET;
        resumable = cut && session && parser.lastEventId() != null;
        if (!resumable) {
          throw e;
        }
      }
      String lastEventId = parser.lastEventId();
      if (!resumable || lastEventId == null) {
        throw EventReader.ended(call);
      }
      resume(call, lastEventId, parser.retryMillis(), look);
      return false;
    }
  }

  /**
   * The server closed the stream before the answer but marked its place: the answer comes on a new
   * one (2025-11-25).
   */
  private void resume(Call<?> call, String lastEventId, long waitMillis, Look look)
      throws FailureException {
    for (int attempt = 0; attempt < MAX_RESUMES && !call.answered(); attempt++) {
      long idle = attempt == 0 ? 0 : IDLE_RESUME_MILLIS;
      Pauses.pause(waitMillis >= 0 ? waitMillis : idle, look);
      List<Header> headers =
          List.of(
              new Header("Accept", "text/event-stream"), new Header("Last-Event-ID", lastEventId));
      try (HttpAnswer answer = wire.exchange("GET", NOTHING, headers, true, look);
          SseParser parser = EventReader.brief(call, json, settings, inbox, look)) {
        if (answer.status() != 200 || !"text/event-stream".equals(HttpBodies.mediaType(answer))) {
          throw EventReader.ended(call);
        }
        EventReader.untilAnswered(call, answer, parser, settings, look);
        String next = parser.lastEventId();
        lastEventId = next == null ? lastEventId : next;
        waitMillis = parser.retryMillis() >= 0 ? parser.retryMillis() : waitMillis;
      }
    }
    if (!call.answered()) {
      throw EventReader.ended(call);
    }
  }

  @Override
  public @Nullable Refused tell(String method, byte[] message, Look look) throws FailureException {
    List<Header> headers = session ? List.of() : List.of(new Header("Mcp-Method", method));
    try (HttpAnswer answer = wire.exchange("POST", message, headers, true, look)) {
      if (answer.status() >= 200 && answer.status() < 300) {
        // Nothing of use can stand there, and some servers never end it.
        var _ = answer.drain(look.deadline().within(BODY_OF_NOTHING));
        return null;
      }
      return HttpBodies.refused(answer, json, look);
    }
  }

  @Override
  public @Nullable Hold hold(@Nullable Call<Boolean> listen, HoldListener listener, Look look) {
    String method = listen == null ? "GET" : "POST";
    byte[] body = listen == null ? NOTHING : listen.message();
    List<Header> headers =
        listen == null ? List.of(new Header("Accept", "text/event-stream")) : headersOf(listen);
    HeldStream.Question question =
        new HeldStream.Question(method, body, headers, listen == null ? -1 : listen.id());
    return HeldStream.open(wire, question, json, settings, inbox, listener, look);
  }

  @Override
  public void heed(@Nullable IdleListener listener) {
    wire.heed(listener);
  }

  @Override
  public void end(Look look) {
    if (ended.getAndSet(true)) {
      return;
    }
    if (sessionId != null) {
      try (HttpAnswer answer = wire.exchange("DELETE", NOTHING, List.of(), true, look)) {
        int status = answer.status();
        if (status >= 300 && status != 404 && status != 405) {
          look.note(
              FindingKind.SESSION_NOT_ENDED,
              "the server answered DELETE of the session with HTTP " + status);
        }
      } catch (FailureException e) {
        // The server is gone, and the session with it.
      }
    }
    wire.close();
    lease.end();
  }
}
