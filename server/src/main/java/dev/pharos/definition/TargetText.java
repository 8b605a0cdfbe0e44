package dev.pharos.definition;

import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a person names on the command line: an address or a client's file. */
public sealed interface TargetText {
  /** An address that can be looked at. */
  record Address(Transport.Http transport) implements TargetText {}

  /** A file that exists. */
  record ConfigFile(Path path) implements TargetText {}

  /**
   * Neither.
   *
   * @param message one line that says what to write instead
   */
  record Mistake(String message) implements TargetText {}

  Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
  Pattern HOST_AND_MORE =
      Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?(/.*)?|\\[[0-9a-fA-F:.]+\\].*");
  Pattern FILE_NAME = Pattern.compile("(?i).*\\.(json|jsonc|json5|toml|ya?ml|txt|conf)");
  Pattern HERE =
      Pattern.compile("(?i)(localhost|127\\.[0-9.]+|0\\.0\\.0\\.0|\\[::1\\]|[^/:]*:\\d+).*");

  /** Tells what {@code text} names. Looks at the file system, never at the network. */
  static TargetText read(String text, TransportChoice choice) {
    if (text.isBlank()) {
      return new Mistake("the target is empty: give a URL, a client's file, or -- and a command");
    }
    if (SCHEME.matcher(text).matches()) {
      return address(text, choice);
    }
    try {
      Path path = Path.of(text);
      if (Files.isDirectory(path)) {
        return new Mistake(text + " is a folder: name the client's file in it");
      }
      if (Files.exists(path)) {
        return new ConfigFile(path);
      }
    } catch (InvalidPathException e) {
      return new Mistake("neither a URL nor a file: " + text);
    }
    return new Mistake(unknown(text));
  }

  private static TargetText address(String text, TransportChoice choice) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
      return new Mistake(
          text.substring(0, text.indexOf(':'))
              + ":// addresses cannot be looked at: MCP is spoken over http:// and https://");
    }
    try {
      return new Address(new Transport.Http(new URI(text), choice));
    } catch (URISyntaxException e) {
      return new Mistake("not a valid URL: look at character " + (e.getIndex() + 1));
    } catch (IllegalArgumentException e) {
      String reason = e.getMessage();
      return new Mistake(reason == null ? "not a usable URL" : reason);
    }
  }

  private static String unknown(String text) {
    boolean path = text.matches("[./~\\\\].*") || FILE_NAME.matcher(text).matches();
    boolean host =
        text.contains(".")
            || text.contains(":")
            || text.toLowerCase(Locale.ROOT).startsWith("localhost");
    if (!path && host && HOST_AND_MORE.matcher(text).matches()) {
      String scheme = HERE.matcher(text).matches() ? "http://" : "https://";
      return "neither a URL nor a file: did you mean " + scheme + text + "?";
    }
    if (path) {
      return "no such file: " + text;
    }
    return "neither a URL nor a file: "
        + text
        + " (to look at a command, put -- before it: pharos check -- "
        + text
        + ")";
  }
}
