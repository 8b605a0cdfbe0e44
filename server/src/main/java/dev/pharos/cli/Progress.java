package dev.pharos.cli;

import dev.pharos.fleet.Health;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One line on a terminal that says how far we are, written over again and again; nothing in a pipe.
 * Thread-safe.
 */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 76;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private final Style style;
  private final boolean shown;
  private final int total;
  private final Set<String> running = new LinkedHashSet<>();
  private int done;
  private int bad;

  /**
   * @param shown whether a person watches {@code err}
   */
  Progress(PrintWriter err, Style style, boolean shown, int total) {
    this.err = err;
    this.style = style;
    this.shown = shown;
    this.total = total;
  }

  synchronized void began(String name) {
    running.add(name);
    show();
  }

  synchronized void ended(String name, Health health) {
    running.remove(name);
    done++;
    bad += health == Health.HEALTHY ? 0 : 1;
    show();
  }

  private void show() {
    if (shown) {
      print(CLEAR + line());
    }
  }

  private String line() {
    String text =
        done
            + "/"
            + total
            + " looked at"
            + (bad == 0 ? "" : ", " + bad + " not healthy")
            + (running.isEmpty() ? "" : ", waiting for " + String.join(", ", running));
    String safe = style.safe(text);
    return safe.length() <= WIDTH ? safe : safe.substring(0, WIDTH) + style.symbol("…", "...");
  }

  private void print(String text) {
    err.print(text);
    err.flush();
  }

  /** Takes the line away. */
  @Override
  public synchronized void close() {
    if (shown) {
      print(CLEAR);
    }
  }
}
