package dev.pharos.net;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections are open, and whether there is room to keep another. Where file handles are
 * short, a connection for each exchange costs time; kept connections that leave no handle for
 * whoever wants to connect to us would cost more. Thread-safe.
 */
final class Room {
  private static final Logger LOG = LoggerFactory.getLogger(Room.class);

  private final int max;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean told = new AtomicBoolean();

  Room(int max) {
    this.max = max;
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }

  /** Whether a connection that is open may be kept; says once when not. */
  boolean keeps() {
    if (open.get() <= max) {
      return true;
    }
    if (told.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue("kept", max)
          .log(
              "More connections than the limit of file handles has room for: the further ones are"
                  + " closed after each use; raise the limit (ulimit -n) to have them kept");
    }
    return false;
  }
}
