package dev.pharos.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.WireTap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildStartTest {
  private static final Set<String> FEW =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "TERM",
          "LANG",
          "LC_ALL",
          "TMPDIR",
          "TZ",
          "TOKEN",
          "PHAROS_CHILD");

  private final Recording heard = new Recording();

  @TempDir Path folder;

  @Test
  void a_missing_command_is_named() {
    assertRefused(
        Children.spec("pharos-no-such-command", "x"), "command not found: pharos-no-such-command");
  }

  @Test
  void a_missing_path_is_named() {
    String path = folder.resolve("server").toString();
    assertRefused(Children.spec(path), "command not found: " + path);
  }

  @Test
  void a_file_that_may_not_be_run_is_named() throws Exception {
    String path = script("server", "#!/bin/sh\n", "rw-r--r--");
    assertRefused(Children.spec(path), "not executable: " + path);
  }

  @Test
  void a_folder_is_not_executable() {
    assertRefused(Children.spec(folder.toString()), "not executable: " + folder);
  }

  @Test
  void a_file_in_the_path_that_may_not_be_run_is_not_executable() throws Exception {
    script("server", "#!/bin/sh\n", "rw-r--r--");
    assertRefused(
        spec(Map.of("PATH", folder.toString()), null, "server"), "not executable: server");
  }

  @Test
  void a_missing_directory_is_named() {
    String path = folder.resolve("gone").toString();
    assertRefused(spec(Map.of(), path, "sh", "-c", "echo"), "no such directory: " + path);
  }

  @Test
  void a_missing_interpreter_is_told_from_a_missing_command() throws Exception {
    String path = script("server", "#!/no/such/interpreter\n", "rwxr-xr-x");
    assertRefused(Children.spec(path), "cannot start " + path + ": its interpreter was not found");
  }

  @Test
  void an_unusable_variable_is_refused() {
    assertRefused(
        spec(Map.of("A=B", "c"), null, "sh"),
        "an environment variable's name or value cannot be used");
  }

  @Test
  void the_reason_of_the_system_is_told() {
    String huge = "x".repeat(4 * 1024 * 1024);
    assertRefused(Children.spec("sh", "-c", huge), "cannot start sh: Argument list too long");
  }

  @Test
  void control_characters_of_a_command_do_not_reach_the_message() {
    assertRefused(Children.spec("a\u001b[31mb\nc"), "command not found: ab c");
  }

  @Test
  void the_command_is_looked_for_in_the_path_of_the_child() throws Exception {
    script("pharos-own-server", "#!/bin/sh\necho found\n", "rwxr-xr-x");
    Map<String, String> env = Map.of("PATH", folder + ":" + System.getenv("PATH"));
    try (Child child = Child.start(spec(env, null, "pharos-own-server"), heard, WireTap.none())) {
      assertThat(heard.nextLine()).isEqualTo("found");
      assertThat(child.pid()).isPositive();
    }
  }

  @Test
  void a_relative_command_starts_in_the_directory() throws Exception {
    script("server", "#!/bin/sh\npwd\n", "rwxr-xr-x");
    ChildSpec spec = spec(Map.of(), folder.toString(), "./server");
    try (Child child = Child.start(spec, heard, WireTap.none())) {
      assertThat(heard.nextLine()).isEqualTo(folder.toRealPath().toString());
      assertThat(child.pid()).isPositive();
    }
  }

  @Test
  void only_the_few_and_the_own_variables_are_inherited() throws Exception {
    assertThat(System.getenv().keySet())
        .as("something to hide, or this test shows nothing")
        .anyMatch(name -> !FEW.contains(name));
    ChildSpec spec = spec(Map.of("TOKEN", "t=1"), null, "env");
    try (Child child = Child.start(spec, heard, WireTap.none())) {
      assertThat(heard.exit().code()).isZero();
      assertThat(child.pid()).isPositive();
    }
    List<String> names = heard.lines.stream().map(line -> line.replaceFirst("=.*", "")).toList();
    assertThat(heard.lines).contains("TOKEN=t=1", "PATH=" + System.getenv("PATH"));
    assertThat(names).contains("PHAROS_CHILD").isSubsetOf(FEW);
  }

  @Test
  void no_shell_reads_the_arguments() throws Exception {
    try (Child child = Children.start(heard, "printf", "%s\\n", "$HOME; *", "a  b")) {
      assertThat(heard.nextLine()).isEqualTo("$HOME; *");
      assertThat(heard.nextLine()).isEqualTo("a  b");
      assertThat(child.pid()).isPositive();
    }
  }

  private void assertRefused(ChildSpec spec, String detail) {
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> Child.start(spec, heard, WireTap.none()).close())
        .satisfies(refused -> {
          assertThat(refused.detail()).isEqualTo(detail);
          assertThat(refused.kind()).isEqualTo(FailureKind.PROCESS_START);
        });
    assertThat(heard.hasEnded()).isFalse();
  }

  private String script(String name, String text, String mode) throws Exception {
    Path path = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    return path.toString();
  }

  private static ChildSpec spec(
      Map<String, String> env, @Nullable String directory, String... command) {
    return new ChildSpec(List.of(command), env, directory, Children.MAX_LINE);
  }
}
