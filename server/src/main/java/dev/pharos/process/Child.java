package dev.pharos.process;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.WireTap;
import java.time.Duration;

/** A running child process. Thread-safe. */
public final class Child implements AutoCloseable {
  private Child() {}

  /**
   * Starts the process and its reading threads.
   *
   * @throws FailureException of kind {@code process_start} when the command is missing or may not
   *     be run; the message says which
   */
  public static Child start(ChildSpec spec, ChildListener listener, WireTap tap)
      throws FailureException {
    throw new UnsupportedOperationException("" + spec + listener + tap);
  }

  /**
   * Writes one line and its line end to stdin. Blocks while the pipe is full; {@link #close} ends
   * that.
   *
   * @throws FailureException of kind {@code process_exit} when the process has closed its stdin
   */
  public void send(byte[] line) throws FailureException {
    throw new UnsupportedOperationException("" + line.length);
  }

  public long pid() {
    throw new UnsupportedOperationException();
  }

  /** The last 8 KiB of stderr, as text without control characters. */
  public String stderrTail() {
    throw new UnsupportedOperationException();
  }

  /**
   * Closes stdin, waits, sends SIGTERM, waits, kills; then kills whatever it started and left
   * behind. Blocks at most about twice {@code grace} and a second. May be called again: the first
   * call's answer returns.
   */
  public Ending end(Duration grace) {
    throw new UnsupportedOperationException("" + grace);
  }

  /** {@link #end} with a grace of two seconds. */
  @Override
  public void close() {}
}
