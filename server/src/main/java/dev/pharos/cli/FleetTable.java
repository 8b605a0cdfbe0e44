package dev.pharos.cli;

import dev.pharos.cli.Style.Tone;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Outcome;
import dev.pharos.trace.TransportKind;
import dev.pharos.view.Mask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The servers of a file, one line each, and a line that sums them up. */
final class FleetTable {
  private static final int VERDICT = 1;
  private static final int CAUSE = 6;
  private static final List<String> HEAD =
      List.of("SERVER", "VERDICT", "TRANSPORT", "REVISION", "TOOLS", "TIME", "CAUSE");

  private final Style style;

  FleetTable(Style style) {
    this.style = style;
  }

  /**
   * The table, with a line break behind its last line.
   *
   * @param tookMicros all looks together
   */
  String of(List<Row> rows, long tookMicros) {
    List<List<String>> cells = rows.stream().map(this::cells).toList();
    int[] widths = widths(cells);
    StringBuilder out = new StringBuilder();
    out.append(style.paint(Tone.QUIET, "  " + join(HEAD, widths, null))).append('\n');
    for (int i = 0; i < rows.size(); i++) {
      Health health = health(rows.get(i));
      out.append(style.paint(style.tone(health), symbol(rows.get(i))))
          .append(' ')
          .append(join(cells.get(i), widths, health))
          .append('\n');
    }
    return out.append('\n').append(sum(rows, tookMicros)).append('\n').toString();
  }

  private List<String> cells(Row row) {
    return switch (row) {
      case Row.Looked looked -> looked(looked);
      case Row.Unseen unseen ->
          List.of(
              style.safe(unseen.name()),
              unseen.why().words(),
              "",
              "",
              "",
              "",
              style.safe(unseen.message()));
    };
  }

  private List<String> looked(Row.Looked looked) {
    Outcome outcome = looked.outcome();
    Facts facts = outcome.seen().facts();
    TransportKind transport = facts.transport();
    String version = facts.protocolVersion();
    int tools = outcome.seen().counts().tools();
    return List.of(
        style.safe(looked.name()),
        outcome.verdict().wire(),
        transport == null ? "" : transport.wire(),
        version == null ? "" : style.safe(version),
        tools < 0 ? "" : Integer.toString(tools),
        Style.time(outcome.seen().tookMicros()),
        cause(looked));
  }

  private String cause(Row.Looked looked) {
    Mask mask = Mask.of(looked.target());
    return switch (looked.outcome()) {
      case Outcome.Passed _ -> "";
      case Outcome.Impaired impaired -> Report.cause(style, mask, impaired.reason());
      case Outcome.Failed failed -> Report.cause(style, mask, failed.reason());
      case Outcome.Inconclusive inconclusive -> style.safe(mask.hideKnown(inconclusive.detail()));
    };
  }

  private static Health health(Row row) {
    return switch (row) {
      case Row.Looked looked -> looked.outcome().verdict();
      case Row.Unseen _ -> Health.UNKNOWN;
    };
  }

  private String symbol(Row row) {
    boolean off = row instanceof Row.Unseen unseen && unseen.why() == Row.Why.DISABLED;
    return off ? "-" : style.symbol(health(row));
  }

  private static int[] widths(List<List<String>> cells) {
    int[] widths = new int[CAUSE];
    for (int column = 0; column < CAUSE; column++) {
      widths[column] = HEAD.get(column).length();
      for (List<String> row : cells) {
        widths[column] = Math.max(widths[column], length(row.get(column)));
      }
    }
    return widths;
  }

  private String join(List<String> row, int[] widths, @Nullable Health health) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < CAUSE; column++) {
      String cell = row.get(column);
      String space = " ".repeat(widths[column] - length(cell));
      boolean number = column == 4 || column == 5;
      String shown =
          column == VERDICT && health != null ? style.paint(style.tone(health), cell) : cell;
      line.append(number ? space : "").append(shown).append(number ? "" : space).append("  ");
    }
    return line.append(row.get(CAUSE)).toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String sum(List<Row> rows, long tookMicros) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (String word : new String[] {"healthy", "degraded", "unhealthy", "unknown"}) {
      numbers.put(word, 0);
    }
    for (Row row : rows) {
      String word =
          switch (row) {
            case Row.Looked looked -> looked.outcome().verdict().wire();
            case Row.Unseen unseen -> unseen.why().words();
          };
      numbers.merge(word, 1, Integer::sum);
    }
    List<String> words = new ArrayList<>();
    numbers.forEach((word, number) -> {
      if (number > 0) {
        words.add(number + " " + word);
      }
    });
    return String.join(", ", words) + ", in " + Style.time(tookMicros);
  }
}
