package dev.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.field.UnreadableException;
import dev.pharos.field.YamlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What lies in {@code deploy/}, as text and as trees. */
final class DeployFiles {
  private static final Path FOLDER = Path.of("..", "deploy");

  private DeployFiles() {}

  /** All files by their path within the folder; secrets that somebody made here are left out. */
  static Map<String, String> texts() {
    try (Stream<Path> all = Files.walk(FOLDER)) {
      Map<String, String> texts = new TreeMap<>();
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        String name = FOLDER.relativize(each).toString().replace('\\', '/');
        if (!name.startsWith("secrets/")) {
          texts.put(name, Files.readString(each));
        }
      }
      assertThat(texts).hasSizeGreaterThan(20);
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String name) {
    return Objects.requireNonNull(texts().get(name), name);
  }

  /** The names of those that end with one of the endings. */
  static List<String> named(String... endings) {
    return texts().keySet().stream()
        .filter(name -> Stream.of(endings).anyMatch(name::endsWith))
        .toList();
  }

  static JsonNode tree(String name) {
    try {
      return YamlText.read(text(name));
    } catch (UnreadableException e) {
      throw new AssertionError(name + " " + e.reason(), e);
    }
  }

  /** What the first group of a pattern matches, each once. */
  static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).forEach(found::add);
    return found;
  }
}
