package dev.pharos.process;

import static dev.pharos.process.Children.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.process.Ending.How;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.WireTap;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChildOutputTest {
  private final Recording heard = new Recording();

  @Test
  void lines_go_in_and_come_back() throws Exception {
    try (Child child = Children.start(heard, "cat")) {
      child.send(bytes("{\"a\":1}"));
      child.send(bytes("grüße"));
      assertThat(heard.nextLine()).isEqualTo("{\"a\":1}");
      assertThat(heard.nextLine()).isEqualTo("grüße");
      assertThat(child.end(Duration.ofSeconds(10))).isEqualTo(new Ending(How.STDIN_CLOSED, 0));
    }
    assertThat(heard.exit()).isEqualTo(new Exit(0, null));
    assertThat(heard.endings).hasValue(1);
  }

  @Test
  void a_program_that_exits_at_once_leaves_its_code_and_its_words() throws Exception {
    String script =
        "printf 'partial'; printf '\\033[31mno token\\033[0m\\r\\nset TOKEN\\n' >&2; exit 3";
    try (Child child = Children.shell(script, heard)) {
      assertThat(heard.exit().describe()).isEqualTo("exit code 3");
      assertThat(child.stderrTail()).isEqualTo("no token\nset TOKEN\n");
      assertThat(heard.lines).containsExactly("partial");
      assertThat(child.end(Duration.ofSeconds(10))).isEqualTo(new Ending(How.ALREADY_ENDED, 0));
      assertThatExceptionOfType(FailureException.class)
          .isThrownBy(() -> child.send(bytes("{}")))
          .satisfies(failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.PROCESS_EXIT);
            assertThat(failed.detail()).isEqualTo("the process has ended: exit code 3");
          });
    }
  }

  @Test
  void a_closed_stdin_of_a_living_process_is_told() throws Exception {
    try (Child child = Children.shell("exec <&-; echo closed; exec sleep 60", heard)) {
      assertThat(heard.nextLine()).isEqualTo("closed");
      assertThatExceptionOfType(FailureException.class)
          .isThrownBy(() -> child.send(bytes("{}")))
          .satisfies(failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.PROCESS_EXIT);
            assertThat(failed.detail()).isEqualTo("the process closed its stdin");
          });
      child.end(Duration.ofMillis(100));
    }
  }

  @ParameterizedTest
  @CsvSource({"KILL, killed by SIGKILL", "TERM, killed by SIGTERM", "ABRT, killed by SIGABRT"})
  void a_signal_is_named(String signal, String described) throws Exception {
    try (Child child = Children.shell("kill -" + signal + " $$", heard)) {
      assertThat(heard.exit().describe()).isEqualTo(described);
      assertThat(child.end(Duration.ofSeconds(10)).how()).isEqualTo(How.ALREADY_ENDED);
    }
  }

  @Test
  void a_flood_on_stderr_does_not_hold_up_stdout() throws Exception {
    String script =
        "head -c 10000000 /dev/zero | tr '\\0' x >&2; echo after; read -r go; echo last >&2";
    try (Child child = Children.shell(script, heard)) {
      assertThat(heard.nextLine()).isEqualTo("after");
      child.send(bytes("go"));
      assertThat(heard.exit().code()).isZero();
      assertThat(child.stderrTail()).hasSize(8 * 1024).endsWith("xxxlast\n");
    }
  }

  @Test
  void an_endless_line_is_told_once_and_the_next_line_is_heard() throws Exception {
    String script = "head -c 10000000 /dev/zero | tr '\\0' x; echo; echo next";
    try (Child child = Children.shell(script, heard)) {
      assertThat(heard.nextLine()).isEqualTo("next");
      assertThat(heard.oversize).hasValue(1);
      assertThat(child.pid()).isPositive();
    }
  }

  @Test
  void a_line_longer_than_all_memory_is_not_kept() throws Exception {
    long tooMuch = 2 * Runtime.getRuntime().maxMemory();
    try (Child child =
        Children.shell("head -c " + tooMuch + " /dev/zero; echo; echo next", heard)) {
      assertThat(heard.nextLine()).isEqualTo("next");
      assertThat(heard.oversize).hasValue(1);
      assertThat(child.pid()).isPositive();
    }
  }

  @Test
  void a_grandchild_that_holds_stdout_does_not_delay_the_end() throws Exception {
    try (Child child = Children.shell("sleep 60 & echo $!", heard)) {
      long grandchild = Long.parseLong(heard.nextLine());
      assertThat(heard.exit().code()).isZero();
      assertThat(ProcessHandle.of(grandchild)).isPresent();
      assertThat(child.end(Duration.ofSeconds(10))).isEqualTo(new Ending(How.ALREADY_ENDED, 1));
      Awaitility.await().until(() -> !ChildEndTest.runs(grandchild));
    }
  }

  @Test
  void nothing_is_told_after_the_end_while_a_grandchild_floods_stdout() throws Exception {
    // It ends only after we have heard from it: a child that ends before its output is read takes
    // the pipe with it, and the flood dies of that by itself.
    try (Child child = Children.shell("yes & read go; exit 4", heard)) {
      assertThat(heard.nextLine()).isEqualTo("y");
      child.send("go".getBytes(UTF_8));
      assertThat(heard.exit().code()).isEqualTo(4);
      assertThat(child.end(Duration.ofSeconds(10)).leftovers()).isEqualTo(1);
    }
    assertThat(heard.linesAfterEnd).hasValue(0);
    assertThat(heard.endings).hasValue(1);
  }

  @Test
  void the_tap_hears_everything() throws Exception {
    List<String> tapped = new CopyOnWriteArrayList<>();
    WireTap tap = (direction, channel, text) -> tapped.add(direction + " " + channel + " " + text);
    ChildSpec spec = Children.spec("sh", "-c", "read -r a; echo got $a; echo bad >&2; exit 2");
    try (Child child = Child.start(spec, heard, tap)) {
      child.send(bytes("hello"));
      assertThat(heard.exit().code()).isEqualTo(2);
      child.end(Duration.ofSeconds(10));
      assertThat(tapped)
          .containsExactlyInAnyOrder(
              "NOTE process started as process "
                  + child.pid()
                  + ": "
                  + String.join(" ", spec.command()),
              "SENT stdin hello",
              "RECEIVED stdout got hello",
              "RECEIVED stderr bad",
              "NOTE process ended: exit code 2",
              "NOTE process brought to its end: had ended by itself");
    }
  }
}
