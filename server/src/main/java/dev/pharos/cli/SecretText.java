package dev.pharos.cli;

import dev.pharos.definition.SmallFile;
import dev.pharos.fleet.Secret;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Secrets as arguments: the value itself, {@code @FILE} for a file's text, or {@code env:NAME} for
 * a variable, so that the value need not stand in the process list.
 */
final class SecretText {
  private final Function<String, @Nullable String> environment;

  SecretText(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * The value meant by an argument.
   *
   * @param option names the option in the complaint
   */
  Secret read(String option, String text) throws UsageException {
    String value = text;
    if (text.startsWith("env:")) {
      value = environment.apply(text.substring(4));
      if (value == null || value.isEmpty()) {
        throw new UsageException(option + ": the variable " + text.substring(4) + " is not set");
      }
    } else if (text.startsWith("@")) {
      value = file(option, text.substring(1));
    }
    if (value.isEmpty()) {
      throw new UsageException(option + ": the value is empty");
    }
    return new Secret(value);
  }

  private static String file(String option, String name) throws UsageException {
    try {
      return SmallFile.read(Path.of(name)).strip();
    } catch (IOException | InvalidPathException e) {
      throw new UsageException(
          option + ": cannot read the file " + name + " (at most 64 KiB of text)");
    }
  }
}
