package dev.pharos.mcp;

import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Notes what is odd about the items of one list but no failure. Cheap on plain items: only
 * suspicious ones are read twice.
 */
final class Scrutiny {
  private static final byte[] X_MCP_HEADER = "\"x-mcp-header\"".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_NAME = 128;

  private final ListKind kind;
  private final Look look;
  private final Set<String> keys = new HashSet<>();

  Scrutiny(ListKind kind, Look look) {
    this.kind = kind;
    this.look = look;
  }

  /** Looks at one item that lies in {@code source} from {@code start} to before {@code end}. */
  void item(String key, boolean schema, byte[] source, int start, int end) {
    if (!keys.add(key)) {
      look.note(FindingKind.DUPLICATE_NAME, kind.method() + " names " + shown(key) + " twice");
    }
    if (suspicious(source, start, end)) {
      hidden(key, new String(source, start, end - start, StandardCharsets.UTF_8));
    }
    if (kind == ListKind.TOOLS) {
      tool(key, schema, source, start, end);
    }
  }

  private void tool(String key, boolean schema, byte[] source, int start, int end) {
    if (!schema) {
      look.note(FindingKind.TOOL_SCHEMA, "the tool " + shown(key) + " has no input schema");
    }
    if (!plainName(key)) {
      look.note(
          FindingKind.ODD_NAME,
          "the tool name "
              + shown(key)
              + " is outside [A-Za-z0-9_.-]{1,128}: some clients refuse it");
    }
    if (contains(source, start, end, X_MCP_HEADER)) {
      String fault =
          ToolHeaders.fault(new String(source, start, end - start, StandardCharsets.UTF_8));
      if (fault != null) {
        look.note(
            FindingKind.TOOL_HEADER,
            "the tool " + shown(key) + " must be left out by HTTP clients: " + fault);
      }
    }
  }

  private void hidden(String key, String json) {
    int hidden = HiddenText.firstHidden(json);
    if (hidden >= 0) {
      look.note(
          FindingKind.HIDDEN_UNICODE,
          "%s of %s holds the invisible character U+%04X"
              .formatted(shown(key), kind.method(), hidden));
    }
  }

  private static boolean plainName(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && c != '_' && c != '-' && c != '.') {
        return false;
      }
    }
    return true;
  }

  /** Whether the bytes hold anything beyond plain ASCII, or an escape that could. */
  private static boolean suspicious(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] < 0 || bytes[i] == 0x7F) {
        return true;
      }
      if (bytes[i] == '\\' && i + 1 < end) {
        byte escape = bytes[i + 1];
        if (escape == 'u' || escape == 'b' || escape == 'f') {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean contains(byte[] bytes, int start, int end, byte[] wanted) {
    for (int i = start; i <= end - wanted.length; i++) {
      if (bytes[i] == wanted[0]
          && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private static String shown(String key) {
    String line = Text.line(key);
    return line.isEmpty() ? "\"\"" : line;
  }
}
