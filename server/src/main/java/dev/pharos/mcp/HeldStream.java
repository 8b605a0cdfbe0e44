package dev.pharos.mcp;

import dev.pharos.net.Header;
import dev.pharos.net.HttpAnswer;
import dev.pharos.net.HttpConnection;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An event stream held on a connection of its own, read by a virtual thread. Thread-safe. */
final class HeldStream implements Hold {
  private static final int CHUNK = 512;

  private final HttpConnection connection;
  private final HttpAnswer answer;
  private final SseParser parser;
  private final HeldEvents events;
  private final Inbox inbox;
  private final HoldListener listener;
  private final AtomicBoolean over = new AtomicBoolean();

  private HeldStream(
      HttpConnection connection,
      HttpAnswer answer,
      SseParser parser,
      HeldEvents events,
      Inbox inbox,
      HoldListener listener) {
    this.connection = connection;
    this.answer = answer;
    this.parser = parser;
    this.events = events;
    this.inbox = inbox;
    this.listener = listener;
  }

  /**
   * What the stream is asked for with.
   *
   * @param id of the {@code subscriptions/listen} request, which must be acknowledged on the
   *     stream; negative when a GET asks
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Question(String method, byte[] body, List<Header> headers, long id) {}

  /** Asks for a stream and holds it; null when the server does not answer with one. */
  static @Nullable Hold open(
      HttpWire wire,
      Question question,
      Json json,
      McpSettings settings,
      Inbox inbox,
      HoldListener listener,
      Look look) {
    HttpConnection connection = null;
    HeldStream stream = null;
    try {
      connection = wire.dial(look);
      HttpAnswer answer =
          wire.beside(connection, question.method(), question.body(), question.headers(), look);
      if (answer.status() != 200 || !"text/event-stream".equals(HttpBodies.mediaType(answer))) {
        return null;
      }
      HeldEvents events = new HeldEvents(json, inbox, question.id());
      SseParser parser = SseParser.held(settings.maxMessageBytes(), events);
      inbox.listener(listener);
      HeldStream opened = new HeldStream(connection, answer, parser, events, inbox, listener);
      if (opened.acknowledged()) {
        stream = opened;
        answer.hold();
        Thread.ofVirtual().name("held-stream").start(opened::read);
      }
      return stream;
    } catch (FailureException e) {
      return null;
    } finally {
      if (stream == null) {
        inbox.silence(listener);
        if (connection != null) {
          connection.close();
        }
      }
    }
  }

  /** Reads until the server said that it granted what was asked; false when it did not. */
  private boolean acknowledged() throws FailureException {
    byte[] chunk = new byte[CHUNK];
    while (!events.granted() && events.end() == null) {
      int count = answer.read(chunk, 0, CHUNK);
      if (count < 0) {
        return false;
      }
      parser.feed(chunk, 0, count);
    }
    return events.granted() && events.end() == null;
  }

  private void read() {
    String detail = "the event stream ended";
    try (connection;
        answer;
        parser) {
      detail = readToEnd(detail);
    } catch (FailureException e) {
      detail = "the event stream broke: " + e.detail();
    } finally {
      inbox.silence(listener);
      if (!over.getAndSet(true)) {
        listener.ended(detail);
      }
    }
  }

  private String readToEnd(String silent) throws FailureException {
    byte[] chunk = new byte[CHUNK];
    while (true) {
      int count = answer.read(chunk, 0, CHUNK);
      if (count < 0) {
        return silent;
      }
      parser.feed(chunk, 0, count);
      String end = events.end();
      if (end != null) {
        return end;
      }
    }
  }

  @Override
  public boolean open() {
    return !over.get();
  }

  @Override
  public void close() {
    over.set(true);
    inbox.silence(listener);
    connection.close();
  }
}
