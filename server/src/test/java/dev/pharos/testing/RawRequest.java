package dev.pharos.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came.
 *
 * @param connection the number of the connection it came on, from 0
 * @param head request line and headers, without the empty line
 * @param body read as UTF-8
 */
public record RawRequest(int connection, List<String> head, String body) {
  /** Method, target and version. */
  public String line() {
    return head.getFirst();
  }

  /** The first word of the request line. */
  public String method() {
    return line().substring(0, line().indexOf(' '));
  }

  /** The value of the first header of that name, or null. */
  public @Nullable String header(String name) {
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
        return line.substring(colon + 1).trim();
      }
    }
    return null;
  }
}
