package dev.pharos.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The dashboard's files, as they were built into the jar. Immutable. */
final class Dashboard {
  /** A name that changes with the content, so that a browser may keep the file for ever. */
  private static final Pattern HASHED = Pattern.compile(".+-[A-Za-z0-9_-]{8}\\.[a-z0-9]+");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}");

  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "json", "application/json",
          "webmanifest", "application/manifest+json");

  private final String folder;
  private final @Nullable String page;

  /**
   * Reads the first page.
   *
   * @param folder where on the class path the files lie, such as {@code /web}
   */
  Dashboard(String folder) {
    this.folder = folder;
    byte[] index = resource(folder + "/index.html");
    this.page = index == null ? null : new String(index, StandardCharsets.UTF_8);
  }

  /**
   * The page that every screen begins with, or null when it was left out of this build. Its
   * addresses are relative, because only the browser knows the prefix that it came under.
   *
   * @param depth how many folders below the first page the screen's address is
   */
  @Nullable String page(int depth) {
    return page == null || depth == 0 ? page : page.replace("\"./", "\"" + "../".repeat(depth));
  }

  /** A file that the page asks for, or null when there is none of that name. */
  byte @Nullable [] file(String name) {
    return NAME.matcher(name).matches() && TYPES.containsKey(ending(name))
        ? resource(folder + "/assets/" + name)
        : null;
  }

  /** The media type of a file that there is. */
  static String type(String name) {
    return Objects.requireNonNull(TYPES.get(ending(name)));
  }

  /** Whether a file's name changes with its content. */
  static boolean lasts(String name) {
    return HASHED.matcher(name).matches();
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static byte @Nullable [] resource(String name) {
    try (InputStream in = Dashboard.class.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
