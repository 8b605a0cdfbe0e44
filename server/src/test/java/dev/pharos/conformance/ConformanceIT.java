package dev.pharos.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scenario alone: the suite starts our {@link ConformanceClient} and judges what it sent. */
class ConformanceIT {
  private static final Path FOLDER = Path.of("src/test/conformance").toAbsolutePath();
  private static final Path SUITE =
      FOLDER.resolve("node_modules/@modelcontextprotocol/conformance/dist/index.js");
  private static final Pattern VERDICT =
      Pattern.compile("Passed: (\\d+)/(\\d+), (\\d+) failed, (\\d+) warnings");

  @TempDir private Path folder;

  @BeforeAll
  static void packages_are_there() {
    assertThat(FOLDER.resolve("node_modules/.pharos-lock.json"))
        .as("the conformance suite is installed: run scripts/npm-tests.sh first")
        .exists();
  }

  @ParameterizedTest
  @MethodSource("dev.pharos.conformance.Scenario#all")
  void our_client_passes(Scenario scenario) throws Exception {
    Path log = folder.resolve("suite.log");
    Process suite =
        new ProcessBuilder(command(scenario))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean over = suite.waitFor(90, TimeUnit.SECONDS);
    suite.descendants().forEach(ProcessHandle::destroyForcibly);
    suite.destroyForcibly();

    String output = Files.readString(log);
    assertThat(over).as(output).isTrue();
    assertVerdict(output);
    assertThat(suite.exitValue()).as(output).isZero();
  }

  /** A scenario that was skipped also ends with 0, so the verdict itself is read. */
  private static void assertVerdict(String output) {
    Matcher verdict = VERDICT.matcher(output);
    assertThat(verdict.find()).as("there is a verdict in\n%s", output).isTrue();
    assertThat(Integer.parseInt(verdict.group(1))).as(output).isPositive();
    assertThat(verdict.group(1)).as(output).isEqualTo(verdict.group(2));
    assertThat(verdict.group(3)).as("failed").isEqualTo("0");
    assertThat(verdict.group(4)).as("warnings").isEqualTo("0");
  }

  private List<String> command(Scenario scenario) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                node(),
                SUITE.toString(),
                "client",
                "--command",
                client(),
                "--scenario",
                scenario.name(),
                "--timeout",
                "60000",
                "--output-dir",
                folder.resolve("results").toString()));
    String revision = scenario.revision();
    if (revision != null) {
      command.addAll(List.of("--spec-version", revision));
    }
    return command;
  }

  /** The suite hands this line to a shell, so everything of length is put into a file. */
  private String client() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        Objects.requireNonNullElseGet(
            System.getProperty("surefire.test.class.path"),
            () -> System.getProperty("java.class.path"));
    Path arguments = folder.resolve("client.args");
    Files.writeString(
        arguments,
        String.format(
            Locale.ROOT,
            "-XX:+UseSerialGC%n-XX:TieredStopAtLevel=1%n-Xmx128m%n-cp%n\"%s\"%n%s%n",
            classes.replace("\\", "\\\\"),
            ConformanceClient.class.getName()));
    return java + " @" + arguments;
  }

  /**
   * The suite wants a newer Node.js than many systems have; where npm has none for this machine,
   * the system's must do.
   */
  private static String node() {
    Path own = FOLDER.resolve("node_modules/.bin/node");
    return Files.isExecutable(own) ? own.toString() : "node";
  }
}
