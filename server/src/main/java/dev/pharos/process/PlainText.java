package dev.pharos.process;

import java.util.regex.Pattern;

/** Makes text from elsewhere harmless to show: no terminal commands, no control characters. */
final class PlainText {
  /** Commands to a terminal: colours and cursor (CSI), titles and links (OSC and kin), the rest. */
  private static final Pattern ESCAPES =
      Pattern.compile(
          "(?:\\x1b\\[|\\x9b)[0-?]*+[ -/]*+[@-~]?"
              + "|\\x1b[]PX^_][^\\x07\\x1b]*+(?:\\x07|\\x1b\\\\)?"
              + "|\\x1b[ -/]*+[0-~]?");

  private static final Pattern LINE_ENDS = Pattern.compile("\\r\\n?");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");
  private static final Pattern BREAKS = Pattern.compile(" *\\n[ \\n]*");

  private PlainText() {}

  /** Several lines: only newlines are left of all control characters; tabs become spaces. */
  static String lines(String text) {
    String bare = ESCAPES.matcher(text).replaceAll("");
    String ended = LINE_ENDS.matcher(bare).replaceAll("\n");
    return CONTROLS.matcher(ended).replaceAll("").replace('\t', ' ');
  }

  /** One line: newlines become spaces too, with the indentation after them. */
  static String line(String text) {
    return BREAKS.matcher(lines(text)).replaceAll(" ");
  }
}
