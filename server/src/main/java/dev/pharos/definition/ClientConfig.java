package dev.pharos.definition;

import dev.pharos.field.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration file of an MCP client says: its servers, and what of it cannot be used. A
 * bad entry never hides the others. Understood are the JSON files of Claude Code and Desktop, VS
 * Code, Cursor, Windsurf, Gemini CLI, Zed, Cline, Roo and OpenCode, with comments and trailing
 * commas. Immutable.
 *
 * @param definitions in the order of the file
 * @param problems in the order of the file; one with an empty field means that the file as a whole
 *     cannot be used
 */
public record ClientConfig(List<Definition> definitions, List<Problem> problems) {
  public ClientConfig {
    definitions = List.copyOf(definitions);
    problems = List.copyOf(problems);
  }

  /**
   * Reads a file. Variables are resolved at once, from {@code environment}: one without a value
   * makes its server a {@link Definition.NeedsConfiguration}, never an empty string.
   *
   * @param environment gives a variable's value or null
   */
  public static ClientConfig read(Path file, Function<String, @Nullable String> environment) {
    try {
      return parse(ConfigText.read(file), file, environment);
    } catch (UnusableFileException e) {
      return new ClientConfig(List.of(), List.of(new Problem("", e.reason())));
    }
  }

  /**
   * Reads a text as if it stood in {@code file}, which need not exist: {@code ${workspaceFolder}}
   * and relative paths start from its folder.
   */
  public static ClientConfig parse(
      String text, Path file, Function<String, @Nullable String> environment) {
    return parse(text, inputs -> Variables.of(environment, file, inputs));
  }

  /**
   * Reads a text that somebody sent: no variable of ours has a value for it, and no file that it
   * names is read.
   */
  public static ClientConfig parseForeign(String text) {
    return parse(text, Variables::foreign);
  }

  private static ClientConfig parse(
      String text, Function<Map<String, String>, Variables> variables) {
    List<Section> sections;
    try {
      sections = Section.of(ConfigText.json(text));
    } catch (UnusableFileException e) {
      return new ClientConfig(List.of(), List.of(new Problem("", e.reason())));
    }
    List<Definition> definitions = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Names names = new Names();
    for (Section section : sections) {
      section.read(variables.apply(section.inputs()), names, definitions, problems);
    }
    return new ClientConfig(definitions, problems);
  }
}
