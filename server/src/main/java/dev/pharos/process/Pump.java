package dev.pharos.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Reads one pipe of a child to its end. It has a platform thread of its own, since a read from a
 * pipe holds its carrier thread for as long as the child is silent.
 */
final class Pump implements Runnable {
  /** Hears what the pump reads. */
  interface Sink {
    /** The first {@code count} of {@code bytes}, valid during the call. */
    void take(byte[] bytes, int count);

    /** The pipe is over. */
    void end();
  }

  private static final int CHUNK = 8 * 1024;
  private static final long STACK_BYTES = 256 * 1024;

  private final InputStream pipe;
  private final Sink sink;
  private final Thread thread;

  private Pump(String name, InputStream pipe, Sink sink) {
    this.pipe = pipe;
    this.sink = sink;
    this.thread = Thread.ofPlatform().daemon().name(name).stackSize(STACK_BYTES).unstarted(this);
  }

  static Pump start(String name, InputStream pipe, Sink sink) {
    Pump pump = new Pump(name, pipe, sink);
    pump.thread.start();
    return pump;
  }

  @Override
  public void run() {
    try {
      drain();
    } catch (IOException e) {
      // Closed by us at the very end, or broken: there is nothing more to read either way.
    } finally {
      sink.end();
    }
  }

  /**
   * Holds the stream's monitor throughout. Otherwise the JDK, when the child exits, would read the
   * rest of the pipe into memory: without any bound while a grandchild goes on writing.
   */
  private void drain() throws IOException {
    byte[] chunk = new byte[CHUNK];
    synchronized (pipe) {
      for (int count = pipe.read(chunk); count >= 0; count = pipe.read(chunk)) {
        sink.take(chunk, count);
      }
    }
  }

  /** Waits until the pipe is over, at most so long. */
  void join(Duration atMost) throws InterruptedException {
    if (Thread.currentThread() != thread) {
      thread.join(atMost);
    }
  }

  /**
   * Gives the descriptor back. Only for a pipe that is over, or that something beyond our reach
   * holds open: a read that hangs there is not woken by it.
   */
  void close() {
    try {
      pipe.close();
    } catch (IOException e) {
      // It was only read from: nothing can be lost.
    }
  }
}
