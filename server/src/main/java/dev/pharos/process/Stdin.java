package dev.pharos.process;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** The pipe to a child's stdin. Thread-safe: lines never mix. */
final class Stdin {
  private final OutputStream pipe;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean closing;

  Stdin(OutputStream pipe) {
    this.pipe = pipe;
  }

  /** Writes a line and its end; blocks while the pipe is full and the child lives. */
  void write(byte[] line) throws IOException {
    byte[] ended = Arrays.copyOf(line, line.length + 1);
    ended[line.length] = '\n';
    lock.lock();
    try {
      if (closing) {
        throw new IOException("closed");
      }
      pipe.write(ended);
      pipe.flush();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes the pipe unless a sender hangs in it, which only the death of the readers can end: the
   * stream cannot be closed under a write.
   *
   * @return whether it is closed now
   */
  boolean close(Duration atMost, Patience patience) {
    closing = true;
    if (!patience.lock(lock, atMost)) {
      return false;
    }
    try {
      pipe.close();
    } catch (IOException e) {
      // The reader is gone: so is the pipe.
    } finally {
      lock.unlock();
    }
    return true;
  }

  boolean closing() {
    return closing;
  }
}
