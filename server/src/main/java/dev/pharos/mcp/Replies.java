package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Answers to requests of the server's over HTTP. Each goes on a thread and a connection of its own,
 * since the one that found the request must go on reading; a server that asks faster than it takes
 * answers loses some. Thread-safe.
 */
final class Replies implements Inbox.Reply {
  private static final int AT_ONCE = 4;

  private final HttpWire wire;
  private final Supplier<Look> asides;
  private final Semaphore free = new Semaphore(AT_ONCE);

  /**
   * @param asides makes the look under which an answer is sent
   */
  Replies(HttpWire wire, Supplier<Look> asides) {
    this.wire = wire;
    this.asides = asides;
  }

  @Override
  public void send(byte[] message) {
    if (free.tryAcquire()) {
      Thread.ofVirtual().name("mcp-reply").start(() -> deliver(message));
    }
  }

  private void deliver(byte[] message) {
    try {
      wire.aside(message, asides.get());
    } catch (FailureException e) {
      // The server asked and does not listen to the answer: what we wanted of it is not touched.
    } finally {
      free.release();
    }
  }
}
