package dev.pharos.cli;

import dev.pharos.fleet.Health;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * How things look on this terminal or in this pipe: colours or none, symbols or ASCII. Colour never
 * stands alone: each symbol has its word beside it. Immutable.
 */
final class Style {
  /** What a text means, not its colour. */
  enum Tone {
    GOOD("32"),
    WARNING("33"),
    BAD("31"),
    QUIET("2"),
    STRONG("1");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  private static final String SYMBOLS = "✔✘▲█▌→←·…";
  private static final int MAX_TEXT = 2_000;

  private final boolean colour;
  private final boolean symbols;
  private final Printable printable;

  Style(boolean colour, Charset charset) {
    this.colour = colour;
    this.symbols = charset.newEncoder().canEncode(SYMBOLS);
    this.printable = new Printable(charset);
  }

  String paint(Tone tone, String text) {
    return colour ? "\u001b[" + tone.code + "m" + text + "\u001b[0m" : text;
  }

  /** Foreign text, safe and of bounded length. */
  String safe(String text) {
    return text.length() <= MAX_TEXT
        ? printable.line(text)
        : printable.line(text.substring(0, MAX_TEXT)) + symbol("…", "...");
  }

  Printable printable() {
    return printable;
  }

  String symbol(String fine, String plain) {
    return symbols ? fine : plain;
  }

  /** The symbol of a health, one column wide. */
  String symbol(Health health) {
    return switch (health) {
      case HEALTHY -> symbol("✔", "+");
      case DEGRADED -> symbol("▲", "!");
      case UNHEALTHY -> symbol("✘", "x");
      case UNKNOWN -> "?";
    };
  }

  Tone tone(Health health) {
    return switch (health) {
      case HEALTHY -> Tone.GOOD;
      case DEGRADED -> Tone.WARNING;
      case UNHEALTHY -> Tone.BAD;
      case UNKNOWN -> Tone.QUIET;
    };
  }

  /** A bar of at most {@code width} columns for a share between 0 and 1. */
  String bar(double share, int width) {
    int halves = (int) Math.round(share * width * 2);
    if (!symbols) {
      return "#".repeat((halves + 1) / 2);
    }
    return "█".repeat(halves / 2) + (halves % 2 == 1 ? "▌" : "");
  }

  /** A time for a person: {@code 0.4 ms}, {@code 43 ms}, {@code 1.34 s}. */
  static String time(long micros) {
    if (micros < 10_000) {
      return String.format(Locale.ROOT, "%.1f ms", micros / 1_000.0);
    }
    if (micros < 1_000_000) {
      return String.format(Locale.ROOT, "%d ms", Math.round(micros / 1_000.0));
    }
    return String.format(Locale.ROOT, "%.2f s", micros / 1_000_000.0);
  }
}
