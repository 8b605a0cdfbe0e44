package dev.pharos.cli;

import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import dev.pharos.view.Mask;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Prints every message on the wire, secrets masked: when, which way, over what. Thread-safe: a
 * message is printed in one piece.
 */
final class MaskingTap implements WireTap {
  private static final int MAX_CHARS = 16 * 1024;

  private final PrintWriter err;
  private final Mask mask;
  private final Style style;
  private final Ticker ticker;
  private final String label;
  private final long startedAt;

  /**
   * @param label stands before every message, for example a server's name; may be empty
   */
  MaskingTap(PrintWriter err, Mask mask, Style style, Ticker ticker, String label) {
    this.err = err;
    this.mask = mask;
    this.style = style;
    this.ticker = ticker;
    this.label = label.isEmpty() ? "" : style.safe(label) + "  ";
    this.startedAt = ticker.nanos();
  }

  @Override
  public void heard(Direction direction, String channel, String text) {
    double millis = (ticker.nanos() - startedAt) / 1e6;
    String head =
        String.format(Locale.ROOT, "%s%8.1f ms %s %-6s ", label, millis, arrow(direction), channel);
    String indent = " ".repeat(head.length());
    StringBuilder out = new StringBuilder();
    // Masked before it is cut: a cut could leave half a secret that no rule knows.
    String hidden = mask.hide(text);
    String shown = hidden.substring(0, Math.min(hidden.length(), MAX_CHARS));
    shown
        .lines()
        .forEach(line ->
            out.append(
                    ((out.isEmpty() ? head : indent) + style.printable().line(line))
                        .stripTrailing())
                .append('\n'));
    if (out.isEmpty()) {
      out.append(head.stripTrailing()).append('\n');
    }
    if (hidden.length() > MAX_CHARS) {
      out.append(indent)
          .append("[cut: ")
          .append(hidden.length() - MAX_CHARS)
          .append(" more characters]\n");
    }
    print(out);
  }

  private void print(StringBuilder out) {
    synchronized (err) {
      err.append(out);
      err.flush();
    }
  }

  private String arrow(Direction direction) {
    return switch (direction) {
      case SENT -> style.symbol("→", "->");
      case RECEIVED -> style.symbol("←", "<-");
      case NOTE -> style.symbol("·", "*");
    };
  }
}
