package dev.pharos.process;

import static dev.pharos.trace.WireTap.Direction.NOTE;
import static dev.pharos.trace.WireTap.Direction.RECEIVED;
import static dev.pharos.trace.WireTap.Direction.SENT;

import dev.pharos.trace.WireTap;
import java.nio.charset.StandardCharsets;

/**
 * Tells listener and tap what the child does, and the listener nothing more after its end.
 * Thread-safe.
 */
final class Herald {
  private final ChildListener listener;
  private final WireTap tap;

  /** Guarded by this. */
  private boolean ended;

  Herald(ChildListener listener, WireTap tap) {
    this.listener = listener;
    this.tap = tap;
  }

  synchronized void line(byte[] line) {
    if (!ended) {
      tell(RECEIVED, "stdout", line);
      listener.line(line);
    }
  }

  synchronized void oversizeLine() {
    if (!ended) {
      note("a line on stdout is longer than allowed: dropped");
      listener.oversizeLine();
    }
  }

  synchronized void ended(Exit exit, String stderrTail) {
    if (!ended) {
      ended = true;
      note("ended: " + exit.describe());
      listener.ended(exit, stderrTail);
    }
  }

  void stderr(byte[] line) {
    tell(RECEIVED, "stderr", line);
  }

  void sent(byte[] line) {
    tell(SENT, "stdin", line);
  }

  void note(String text) {
    if (tap.listening()) {
      tap.heard(NOTE, "process", text);
    }
  }

  private void tell(WireTap.Direction direction, String channel, byte[] line) {
    if (tap.listening()) {
      tap.heard(direction, channel, new String(line, StandardCharsets.UTF_8));
    }
  }
}
