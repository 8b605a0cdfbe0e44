package dev.pharos.cli;

import dev.pharos.trace.Ticker;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far a move is: a line for each table, and on a terminal a bar that grows. Not thread-safe.
 */
final class MoveLines implements MoveProgress {
  private static final String CLEAR = "\r\u001b[K";
  private static final int BAR = 24;
  private static final long REDRAW_NANOS = 100_000_000;
  private static final double SECOND = 1e9;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Style style;
  private final boolean shown;
  private final Ticker ticker;
  private String table = "";
  private boolean checking;
  private long before;
  private long done;
  private long rows;
  private long beganAt;
  private long drawnAt;
  private boolean any;

  MoveLines(Shell shell) {
    this.out = shell.out();
    this.err = shell.err();
    this.style = new Style(false, shell.charset());
    this.shown = shell.errIsTerminal();
    this.ticker = shell.ticker();
  }

  /** It ended before its end. */
  void broke() {
    clear();
    if (any) {
      out.println("What was copied stays: the same command goes on from there.");
      out.flush();
    }
  }

  @Override
  public void began(String name, boolean isChecking, long doneBefore, long all) {
    any = true;
    table = name;
    checking = isChecking;
    before = doneBefore;
    done = doneBefore;
    rows = all;
    beganAt = ticker.nanos();
    draw();
  }

  @Override
  public void advanced(long nowDone) {
    done = nowDone;
    if (ticker.nanos() - drawnAt >= REDRAW_NANOS) {
      draw();
    }
  }

  @Override
  public void ended() {
    clear();
    double seconds = (ticker.nanos() - beganAt) / SECOND;
    long here = rows - before;
    String what =
        checking
            ? String.format(Locale.ROOT, "%,d rows compared", rows / 2)
            : String.format(Locale.ROOT, "%,d rows copied", here)
                + (before > 0 ? String.format(Locale.ROOT, " (%,d before)", before) : "");
    out.println(
        String.format(
            Locale.ROOT, "%-25s %s in %.1f s%s", table, what, seconds, rate(here, seconds)));
    out.flush();
  }

  private void draw() {
    if (!shown) {
      return;
    }
    drawnAt = ticker.nanos();
    double part = rows == 0 ? 1 : Math.min(1, (double) done / rows);
    int full = (int) (part * BAR);
    String bar = style.symbol("█", "#").repeat(full) + style.symbol("·", ".").repeat(BAR - full);
    double seconds = (drawnAt - beganAt) / SECOND;
    err.print(
        CLEAR
            + String.format(
                Locale.ROOT,
                "%-25s %s %3d %%%s%s",
                table,
                bar,
                (int) (part * 100),
                checking ? " checking" : "",
                rate(done - before, seconds)));
    err.flush();
  }

  private void clear() {
    if (shown) {
      err.print(CLEAR);
      err.flush();
    }
  }

  /** Of less than a moment nothing can be said. */
  private static String rate(long count, double seconds) {
    return seconds < 0.05 || count <= 0
        ? ""
        : String.format(Locale.ROOT, ", %,.0f rows/s", count / seconds);
  }
}
