package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MoveLinesTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void in_a_pipe_each_table_is_a_line() {
    TestShell shell = new TestShell();
    copy(shell, new MoveLines(shell.shell()));
    assertThat(shell.out())
        .isEqualToIgnoringNewLines(
            "events                    1,500 rows copied (500 before) in 2.0 s, 750 rows/s\n");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void on_a_terminal_a_bar_grows_and_goes_away() {
    TestShell shell = new TestShell().onTerminal();
    copy(shell, new MoveLines(shell.shell()));
    assertThat(shell.err())
        .contains("events                    " + "█".repeat(15) + "·".repeat(9))
        .contains("·  62 %, 750 rows/s")
        .endsWith("\r\u001b[K");
    assertThat(shell.out()).contains("1,500 rows copied");
  }

  @Test
  void a_plain_terminal_gets_plain_signs() {
    TestShell shell = new TestShell().onTerminal().withCharset(StandardCharsets.US_ASCII);
    copy(shell, new MoveLines(shell.shell()));
    assertThat(shell.err()).contains("######").matches("\\p{ASCII}*");
  }

  @Test
  void the_bar_is_not_drawn_for_every_step() {
    TestShell shell = new TestShell().onTerminal();
    MoveLines lines = new MoveLines(shell.shell());
    lines.began("events", false, 0, 1_000);
    for (int i = 1; i <= 1_000; i++) {
      shell.nanos.addAndGet(SECOND / 1_000);
      lines.advanced(i);
    }
    assertThat(shell.err().split("events", -1)).hasSizeBetween(10, 13);
  }

  @Test
  void what_broke_off_goes_on_with_the_same_command() {
    TestShell shell = new TestShell();
    MoveLines lines = new MoveLines(shell.shell());
    lines.broke();
    assertThat(shell.out()).isEmpty();
    lines.began("events", true, 0, 10);
    lines.broke();
    assertThat(shell.out()).contains("the same command goes on from there");
  }

  @Test
  void an_empty_table_is_whole_at_once() {
    TestShell shell = new TestShell().onTerminal();
    MoveLines lines = new MoveLines(shell.shell());
    lines.began("config", true, 0, 0);
    lines.ended();
    assertThat(shell.err()).contains("100 % checking");
    assertThat(shell.out()).contains("0 rows compared in 0.0 s\n");
  }

  private static void copy(TestShell shell, MoveLines lines) {
    lines.began("events", false, 500, 2_000);
    shell.nanos.addAndGet(SECOND);
    lines.advanced(1_250);
    shell.nanos.addAndGet(SECOND);
    lines.ended();
  }
}
