package dev.pharos;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what it was given, the newest first, each also when one before failed. May be closed twice
 * and by several threads: all but the first wait until it is done.
 */
final class Closing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  synchronized <T extends AutoCloseable> T own(T part) {
    owned.push(part);
    return part;
  }

  /** Takes what is to be closed after all that is owned so far. */
  synchronized void ownFirst(AutoCloseable part) {
    owned.addLast(part);
  }

  @Override
  public synchronized void close() {
    while (!owned.isEmpty()) {
      AutoCloseable part = owned.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.atError()
            .addKeyValue("part", part.getClass().getSimpleName())
            .setCause(e)
            .log("A part of the monitor did not close");
      }
    }
  }
}
