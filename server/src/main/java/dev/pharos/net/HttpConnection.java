package dev.pharos.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.WireTap;
import dev.pharos.trace.WireTap.Direction;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.jspecify.annotations.Nullable;

/**
 * One connection, carrying one exchange at a time. One thread uses it at a time, but any thread may
 * close it, which ends a blocked exchange.
 */
public final class HttpConnection implements AutoCloseable {
  /** How long it may take to read what a peer did while nobody used the connection. */
  private static final Duration LAG = Duration.ofMillis(100);

  private enum State {
    IDLE,
    BUSY,
    CLOSED
  }

  private final Origin origin;
  private final boolean asked;
  private final Socket top;
  private final Guard guard;
  private final Watchdog watchdog;
  private final Http1Config codec;
  private final Room room;
  private final Idleness idleness;
  private final Wire wire;
  private final OutputStream out;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private WireTap tap;
  private int exchanges;

  /** Whether it was closed from outside. */
  private volatile boolean dismissed;

  /**
   * @param socket of a channel
   * @param top what speaks HTTP: the socket itself, or TLS over it
   * @param guard closes {@code socket}
   * @param asked whether the peer asked for a client certificate
   */
  HttpConnection(
      Origin origin,
      Socket socket,
      Socket top,
      Guard guard,
      boolean asked,
      Keepers keepers,
      WireTap tap) {
    this.origin = origin;
    this.top = top;
    this.guard = guard;
    this.asked = asked;
    this.watchdog = keepers.watchdog();
    this.codec = keepers.codec();
    this.idleness = new Idleness(this, socket, top, keepers.idle());
    this.room = keepers.room();
    this.tap = tap;
    room.opened();
    try {
      this.wire = new Wire(top.getInputStream(), socket);
      this.out = top.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException("a connected socket has streams", e);
    }
  }

  public Origin origin() {
    return origin;
  }

  /**
   * Sends a request and reads the head of its answer, in the running stage of the look. The look's
   * deadline guards the exchange until the answer is closed, through a stalled body too.
   *
   * @throws FailureException when no good head came; the connection is closed then
   */
  public HttpAnswer exchange(HttpCall call, Look look) throws FailureException {
    begin(look);
    boolean good = false;
    try {
      IOException unsent = send(call);
      HeadReader reader = new HeadReader(wire, codec);
      ClassicHttpResponse head = head(reader, unsent);
      Framing framing = Framing.of(head, call.method(), reader.buffer(), wire, codec);
      HttpAnswer answer =
          new HttpAnswer(this, head, framing, unsent == null, reader.buffer(), look);
      good = true;
      return answer;
    } finally {
      if (!good) {
        abandon();
      }
    }
  }

  private void begin(Look look) throws FailureException {
    tap = look.tap();
    rouse();
    if (!state.compareAndSet(State.IDLE, State.BUSY)) {
      if (state.get() == State.BUSY) {
        throw new IllegalStateException("the last answer was not closed");
      }
      throw new FailureException(FailureKind.RESET, "the connection is closed");
    }
    wire.begin(codec.getMaxLineLength());
    watchdog.arm(guard, look.deadline());
  }

  /**
   * Sends a request. A peer may answer and hang up before it read all of it, so a failure counts
   * only when no answer is found.
   */
  private @Nullable IOException send(HttpCall call) {
    String head = RequestText.head(call, origin.authority());
    byte[] body = call.body();
    if (tap.listening()) {
      tap.heard(Direction.SENT, "http", head + new String(body, UTF_8));
    }
    byte[] bytes = head.getBytes(UTF_8);
    try {
      RequestText.write(bytes, body, out);
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private ClassicHttpResponse head(HeadReader reader, @Nullable IOException unsent)
      throws FailureException {
    try {
      ClassicHttpResponse head = reader.read();
      if (tap.listening()) {
        tap.heard(Direction.RECEIVED, "http", AnswerText.of(head));
      }
      return head;
    } catch (IOException | HttpException e) {
      throw fault().inHead(unsent != null && wire.received() == 0 ? unsent : e);
    }
  }

  private HttpFault fault() {
    watchdog.disarm(guard);
    return new HttpFault(wire, guard.fired(), state.get() == State.CLOSED, asked && exchanges == 0);
  }

  /** The failure of a body; closes the connection. */
  FailureException bodyFailure(IOException e, boolean compressed, long read) {
    FailureException failure = fault().inBody(e, compressed, read);
    abandon();
    return failure;
  }

  Wire wire() {
    return wire;
  }

  /** How many bytes may come without any use: heads, chunk lines, trailers. */
  int maxHeadBytes() {
    return codec.getMaxLineLength();
  }

  /** Lets the running exchange go on for as long as it likes. */
  void hold() {
    watchdog.disarm(guard);
    guard.probe();
  }

  /** Leaves the end of the running exchange to be read when it comes. */
  void leave(HttpAnswer answer) {
    watchdog.disarm(guard);
    idleness.leave(answer);
  }

  /**
   * Has the connection's end told at once while no exchange is running, rather than found with the
   * next one. For the thread that uses the connection.
   *
   * @param listener null to have it told no more
   */
  public void heed(@Nullable IdleListener listener) {
    idleness.heed(listener);
  }

  /**
   * Takes the connection up: from here on, nobody else reads from it. Waits while something that
   * the peer has just done is looked into, which takes some tenths of a second at most.
   */
  public void rouse() {
    idleness.end();
  }

  /** Bounds the reading of what the peer did while nobody used the connection. */
  void guardIdle() {
    watchdog.arm(guard, watchdog.in(LAG));
  }

  void unguard() {
    watchdog.disarm(guard);
  }

  /** The peer ended the idle connection; returns false when we ended it ourselves. */
  boolean endIdle() {
    boolean news = !guard.fired() && state.compareAndSet(State.IDLE, State.CLOSED);
    if (news) {
      room.closed();
      guard.closeSocket();
    } else {
      abandon();
    }
    return news;
  }

  /** Whether it was closed from outside, which is no news to anybody. */
  boolean dismissed() {
    return dismissed;
  }

  /** Guards the running exchange by another deadline from now on. */
  void rearm(Deadline deadline) {
    watchdog.disarm(guard);
    watchdog.arm(guard, deadline);
  }

  /** Whether an exchange is running: nobody closed the connection. */
  boolean reading() {
    return state.get() == State.BUSY;
  }

  /** Ends an exchange whose body was read to its end. */
  void completed(boolean persistent) {
    watchdog.disarm(guard);
    exchanges++;
    if (persistent
        && room.keeps()
        && !guard.fired()
        && state.compareAndSet(State.BUSY, State.IDLE)) {
      idleness.begin();
    } else {
      shut();
    }
  }

  /** Ends an exchange that was not read to its end. */
  void abandon() {
    watchdog.disarm(guard);
    shut();
  }

  /**
   * Whether another exchange may be tried: the last one ended cleanly and neither side said close.
   */
  public boolean reusable() {
    return state.get() == State.IDLE;
  }

  /**
   * How many exchanges were completed. After the first, an empty reply or reset may just be an idle
   * connection's end.
   */
  public int exchanges() {
    return exchanges;
  }

  /** Ends the connection at once; never throws, may be called twice and from any thread. */
  @Override
  public void close() {
    dismissed = true;
    shut();
  }

  private void shut() {
    State before = state.getAndSet(State.CLOSED);
    if (before == State.CLOSED) {
      return;
    }
    room.closed();
    rouse();
    if (before == State.IDLE && origin.secure()) {
      sayGoodbye();
    }
    guard.closeSocket();
    if (tap.listening()) {
      tap.heard(Direction.NOTE, "http", "closed the connection to " + origin.authority());
    }
  }

  /**
   * Sends TLS's closing alert: only on an idle connection, where nothing that the peer has yet to
   * read can block it.
   */
  private void sayGoodbye() {
    try {
      top.shutdownOutput();
    } catch (IOException e) {
      // The peer hung up first.
    }
  }
}
