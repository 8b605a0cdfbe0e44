package dev.pharos.process;

import java.time.Duration;

/**
 * What comes out of a child: the lines of its stdout, the tail of its stderr, and its exit after
 * them. Both pipes are drained at all times, since a full one would stop the child.
 */
final class Output {
  private static final int TAIL_BYTES = 8 * 1024;

  /** How long after the exit its last words may come; a grandchild may hold the pipe for ever. */
  private static final Duration LAST_WORDS = Duration.ofMillis(900);

  private static final Duration LAST_ERRORS = Duration.ofMillis(100);

  private final Process process;
  private final Herald herald;
  private final Tail tail = new Tail(TAIL_BYTES);
  private final Pump stdout;
  private final Pump stderr;
  private final Thread mourner;

  /** Starts the threads. When they cannot be had, the process is killed again. */
  Output(Process process, Herald herald, int maxLineBytes) {
    this.process = process;
    this.herald = herald;
    String name = "child-" + process.pid() + "-";
    try {
      stdout = Pump.start(name + "stdout", process.getInputStream(), lines(maxLineBytes));
      stderr = Pump.start(name + "stderr", process.getErrorStream(), errors());
      mourner = Thread.ofVirtual().name(name + "exit").start(this::tellExit);
    } catch (Throwable e) {
      process.destroyForcibly();
      throw e;
    }
  }

  String stderrTail() {
    return tail.text();
  }

  private Pump.Sink lines(int maxLineBytes) {
    LineSplitter lines = new LineSplitter(maxLineBytes, herald::line, herald::oversizeLine);
    return new Pump.Sink() {
      @Override
      public void take(byte[] bytes, int count) {
        lines.take(bytes, count);
      }

      @Override
      public void end() {
        lines.end();
      }
    };
  }

  private Pump.Sink errors() {
    LineSplitter lines = new LineSplitter(TAIL_BYTES, herald::stderr, () -> {});
    return new Pump.Sink() {
      @Override
      public void take(byte[] bytes, int count) {
        tail.take(bytes, count);
        lines.take(bytes, count);
      }

      @Override
      public void end() {
        lines.end();
      }
    };
  }

  private void tellExit() {
    try {
      Exit exit = Exit.of(process.waitFor());
      stdout.join(LAST_WORDS);
      stderr.join(LAST_ERRORS);
      herald.ended(exit, tail.text());
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  /** After the process is over: waits for the listener to hear all of it, then lets go of it. */
  void finish(Patience patience) {
    patience.join(mourner, LAST_WORDS.plus(LAST_ERRORS).plusMillis(100));
    patience.join(stdout, LAST_ERRORS);
    patience.join(stderr, LAST_ERRORS);
    stdout.close();
    stderr.close();
  }
}
