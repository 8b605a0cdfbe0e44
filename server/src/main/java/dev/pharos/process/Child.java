package dev.pharos.process;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.WireTap;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A running child process. Thread-safe. */
public final class Child implements AutoCloseable {
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

  /** How long a broken stdin waits for the news of the exit that most likely broke it. */
  private static final Duration EXIT_NEWS = Duration.ofMillis(300);

  private final Process process;
  private final Herald herald;
  private final Stdin stdin;
  private final Output output;
  private final Ender ender;
  private final Object endLock = new Object();

  /** Guarded by {@link #endLock}. */
  private @Nullable Ending ending;

  private Child(Process process, ChildSpec spec, Herald herald, String mark) {
    this.process = process;
    this.herald = herald;
    this.stdin = new Stdin(process.getOutputStream());
    this.output = new Output(process, herald, spec.maxLineBytes());
    this.ender = new Ender(process, stdin, output, new Kin(process.toHandle(), mark));
  }

  /**
   * Starts the process and its reading threads. The owner must end the child, even when it has
   * ended by itself: only that cleans up what it left behind.
   *
   * @throws FailureException of kind {@code process_start} when the command is missing or may not
   *     be run; the message says which
   */
  public static Child start(ChildSpec spec, ChildListener listener, WireTap tap)
      throws FailureException {
    Herald herald = new Herald(listener, tap);
    String mark = UUID.randomUUID().toString();
    Process process = Launch.start(spec, mark);
    herald.note("started as process " + process.pid() + ": " + String.join(" ", spec.command()));
    return new Child(process, spec, herald, mark);
  }

  /**
   * Writes one line and its line end to stdin. Blocks while the pipe is full; {@link #end} and
   * {@link #close}, called by another thread, end that.
   *
   * @param line without a line end, also within
   * @throws FailureException of kind {@code process_exit} when the process has closed its stdin
   */
  public void send(byte[] line) throws FailureException {
    if (!process.isAlive()) {
      throw unreachable(null);
    }
    herald.sent(line);
    try {
      stdin.write(line);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private FailureException unreachable(@Nullable IOException cause) {
    String why = stdin.closing() ? "the process is being ended" : "the process closed its stdin";
    if (exitedByNow()) {
      why = "the process has ended: " + Exit.of(process.exitValue()).describe();
    }
    return new FailureException(FailureKind.PROCESS_EXIT, why, cause);
  }

  private boolean exitedByNow() {
    Patience patience = new Patience();
    boolean exited = patience.exited(process, EXIT_NEWS);
    patience.restore();
    return exited;
  }

  /** The number the system gave the process; it may be given again after the end. */
  public long pid() {
    return process.pid();
  }

  /** The last 8 KiB of stderr, as text without control characters other than newlines. */
  public String stderrTail() {
    return output.stderrTail();
  }

  /**
   * Closes stdin, waits, sends SIGTERM, waits, kills; then kills whatever it started and left
   * behind. Blocks at most about twice {@code grace} and two seconds; an interrupt shortens the
   * graces and stays set. May be called again: the first call's answer returns. Afterwards the
   * listener has heard of the end, and no thread and no descriptor is left.
   */
  public Ending end(Duration grace) {
    synchronized (endLock) {
      Ending first = ending;
      if (first == null) {
        first = ender.end(grace);
        ending = first;
        herald.note("brought to its end: " + first.describe());
      }
      return first;
    }
  }

  /** {@link #end} with a grace of two seconds. */
  @Override
  public void close() {
    end(CLOSE_GRACE);
  }
}
