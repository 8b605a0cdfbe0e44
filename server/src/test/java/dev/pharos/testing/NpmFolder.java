package dev.pharos.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder with the real servers that {@code scripts/npm-tests.sh} installs. */
public final class NpmFolder {
  private static final Path FOLDER = Path.of("src/test/npm").toAbsolutePath();

  private NpmFolder() {}

  /** The absolute path of an installed package's command. */
  public static String command(String name) {
    return FOLDER.resolve("node_modules/.bin").resolve(name).toString();
  }

  /** The absolute path of a script of ours. */
  public static String script(String name) {
    return FOLDER.resolve(name).toString();
  }

  public static void mustBeInstalled() {
    assertThat(Files.exists(FOLDER.resolve("node_modules/.pharos-lock.json")))
        .as("the npm packages of the tests are installed: run scripts/npm-tests.sh first")
        .isTrue();
  }
}
