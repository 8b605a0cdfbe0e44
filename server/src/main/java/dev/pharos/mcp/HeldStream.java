package dev.pharos.mcp;

import dev.pharos.net.Header;
import dev.pharos.net.HttpAnswer;
import dev.pharos.net.HttpConnection;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event stream held on a connection of its own, read by a virtual thread. Thread-safe. */
final class HeldStream implements Hold {
  private static final int CHUNK = 512;

  private final HttpConnection connection;
  private final HttpAnswer answer;
  private final Json json;
  private final int maxEventBytes;
  private final Inbox inbox;
  private final HoldListener listener;
  private volatile boolean closing;
  private volatile boolean over;

  private HeldStream(
      HttpConnection connection,
      HttpAnswer answer,
      Json json,
      int maxEventBytes,
      Inbox inbox,
      HoldListener listener) {
    this.connection = connection;
    this.answer = answer;
    this.json = json;
    this.maxEventBytes = maxEventBytes;
    this.inbox = inbox;
    this.listener = listener;
  }

  /** Asks for a stream and holds it; null when the server does not answer with one. */
  static @Nullable Hold open(
      HttpWire wire,
      String method,
      byte[] body,
      List<Header> headers,
      Json json,
      McpSettings settings,
      Inbox inbox,
      HoldListener listener,
      Look look) {
    HttpConnection connection = null;
    boolean held = false;
    try {
      connection = wire.dial(look);
      HttpAnswer answer = wire.beside(connection, method, body, headers, look);
      if (answer.status() != 200 || !"text/event-stream".equals(HttpBodies.mediaType(answer))) {
        return null;
      }
      answer.hold();
      HeldStream stream =
          new HeldStream(connection, answer, json, settings.maxMessageBytes(), inbox, listener);
      inbox.listener(listener);
      Thread.ofVirtual().name("held-stream").start(stream::read);
      held = true;
      return stream;
    } catch (FailureException e) {
      return null;
    } finally {
      if (!held && connection != null) {
        connection.close();
      }
    }
  }

  private void read() {
    String detail = "the event stream ended";
    try (SseParser parser = SseParser.held(maxEventBytes, this::event)) {
      byte[] chunk = new byte[CHUNK];
      for (int count = answer.read(chunk, 0, CHUNK);
          count >= 0;
          count = answer.read(chunk, 0, CHUNK)) {
        parser.feed(chunk, 0, count);
      }
    } catch (FailureException e) {
      detail = "the event stream broke: " + e.detail();
    }
    over = true;
    inbox.listener(null);
    connection.close();
    if (!closing) {
      listener.ended(detail);
    }
  }

  private void event(String type, byte[] bytes, int offset, int length) {
    if (length == 0 || !type.equals("message")) {
      return;
    }
    try {
      inbox.take(Envelope.read(json, bytes, offset, length));
    } catch (FailureException e) {
      // Noise on a held stream says nothing of the server's health: the next look does.
    }
  }

  @Override
  public boolean open() {
    return !over && !closing;
  }

  @Override
  public void close() {
    closing = true;
    connection.close();
  }
}
