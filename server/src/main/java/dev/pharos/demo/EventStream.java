package dev.pharos.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** An event stream that a client holds. Thread-safe. */
final class EventStream implements AutoCloseable {
  private final HttpExchange exchange;
  private final OutputStream out;

  private EventStream(HttpExchange exchange) {
    this.exchange = exchange;
    this.out = exchange.getResponseBody();
  }

  /** Answers a request with a stream, which is the caller's to close. */
  static EventStream begin(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    EventStream stream = new EventStream(exchange);
    stream.write(": the stream is open\n\n");
    return stream;
  }

  /** Sends an event of one line; false when nobody listens any more. */
  boolean send(String type, String data) {
    return sent("event: " + type + "\ndata: " + data + "\n\n");
  }

  /** Sends a sign of life; false when nobody listens any more. */
  boolean breathe() {
    return sent(": still here\n\n");
  }

  private boolean sent(String frame) {
    try {
      write(frame);
      return true;
    } catch (IOException e) {
      close();
      return false;
    }
  }

  private synchronized void write(String frame) throws IOException {
    out.write(frame.getBytes(UTF_8));
    out.flush();
  }

  /** Ends the stream in an orderly way where that is still possible. */
  @Override
  public synchronized void close() {
    exchange.close();
  }
}
