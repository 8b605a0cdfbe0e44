package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Outcome;
import dev.pharos.trace.Finding;
import dev.pharos.trace.FindingKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckOutputTest {
  private static final String URL = "http://localhost:3001/mcp";

  @Test
  void a_healthy_server_is_told_stage_by_stage() {
    TestShell shell = new TestShell();

    assertThat(shell.run((_, _) -> Looks.healthy(), "check", URL)).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            ✔ healthy  everything 2.0.0  streamable-http, 2025-11-25, session era  in 43 ms

              dns           0.4 ms  ▌
              connect       1.2 ms  █▌
              http           12 ms  ██████████████▌
              handshake      20 ms  ████████████████████████
              list          9.5 ms  ███████████▌

              13 tools, 4 prompts, 7 resources, 1 resource template
            """);
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void a_failure_names_stage_kind_and_what_to_do() {
    TestShell shell = new TestShell();
    Looker looker = (_, _) -> Looks.refused("nothing listens on 127.0.0.1:3001");

    assertThat(shell.run(looker, "check", URL)).isEqualTo(1);
    assertThat(shell.out())
        .isEqualTo(
            """
            ✘ unhealthy  http://localhost:3001/mcp  in 3.1 ms

              dns           0.1 ms  █
              connect       3.0 ms  ████████████████████████ ✘ here

              cause  connect/refused: nothing listens on 127.0.0.1:3001
              next   start the server, or check host and port
            """);
  }

  @Test
  void a_degraded_server_has_findings_and_a_cause() {
    TestShell shell = new TestShell();

    assertThat(shell.run((_, _) -> Looks.degraded(), "check", URL)).isEqualTo(3);
    assertThat(shell.out())
        .startsWith("▲ degraded  everything 2.0.0")
        .contains("  list          9.5 ms  ███████████▌ ✘ here\n")
        .contains("  ! no_session: the server offers no session id\n")
        .contains("  cause  list/list_error: prompts/list answered with error -32603\n");
  }

  @Test
  void an_inconclusive_look_is_not_healthy() {
    TestShell shell = new TestShell();

    assertThat(shell.run((_, _) -> Looks.inconclusive(), "check", URL)).isEqualTo(1);
    assertThat(shell.out())
        .startsWith("? unknown  " + URL)
        .contains("not conclusive: this machine has no free ports left");
  }

  @Test
  void certificate_place_and_wish_to_be_left_alone_are_shown() {
    TestShell shell = new TestShell();
    Outcome secure =
        new Outcome.Passed(Looks.seen(Looks.secure("https://h/mcp?api_key=canary"), List.of()));

    shell.run((_, _) -> secure, "check", URL);
    shell.run((_, _) -> Looks.limited(), "check", URL);

    assertThat(shell.out())
        .contains("✔ healthy  secure  streamable-http, 2026-07-28, stateless era  in 43 ms")
        .contains("  found at https://h/mcp?api_key=••••\n")
        .contains(
            "certificate of CN=example.com, issued by CN=R11, expires 2027-01-04 (63 days left)")
        .contains("in 1.50 s")
        .contains("the server asks to be left alone for 30 s");
  }

  @Test
  void hostile_text_is_shown_and_not_obeyed() {
    TestShell shell = new TestShell();
    Outcome hostile =
        Looks.called(
            "evil\u001b[2J\u202e\u200b\u009b\udb40\udc41",
            List.of(new Finding(FindingKind.ODD_NAME, "a\nb\u0007" + "x".repeat(5_000))));

    shell.run((_, _) -> hostile, "check", URL);

    assertThat(shell.out())
        .contains("evil\\u001b[2J\\u202e\\u200b\\u009b\\udb40\\udc41 2.0.0")
        .contains("! odd_name: a\\nb\\u0007xxx")
        .contains("x…\n")
        .doesNotContain("\u001b", "\u202e", "\u200b", "\u009b");
  }

  @Test
  void a_terminal_gets_colours_and_a_pipe_none() {
    TestShell terminal = new TestShell().onTerminal();
    terminal.run((_, _) -> Looks.healthy(), "check", URL);

    assertThat(terminal.out()).startsWith("\u001b[32m✔ healthy\u001b[0m");
  }

  @ParameterizedTest
  @CsvSource({
    "auto,NO_COLOR,1,false",
    "auto,TERM,dumb,false",
    "never,TERM,xterm,false",
    "always,NO_COLOR,1,true",
    "auto,NO_COLOR,'',true"
  })
  void colours_can_be_chosen(String color, String variable, String value, boolean coloured) {
    TestShell shell = new TestShell().onTerminal().with(variable, value);
    shell.run((_, _) -> Looks.healthy(), "check", "--color", color, URL);

    assertThat(shell.out().contains("\u001b[")).isEqualTo(coloured);
  }

  @Test
  void an_ascii_terminal_gets_ascii_only() {
    TestShell shell = new TestShell().withCharset(StandardCharsets.US_ASCII);
    Outcome named = Looks.called("naïve ✔", List.of());
    shell.run((_, _) -> named, "check", URL);
    shell.run((_, _) -> Looks.refused("x"), "check", URL);
    shell.run((_, _) -> named, "check", URL, "--json");

    assertThat(shell.out())
        .contains("+ healthy  na\\u00efve \\u2714 2.0.0")
        .contains("  handshake      20 ms  ########################\n")
        .contains("x unhealthy")
        .contains("\"name\" : \"na\\u00efve \\u2714\"");
    assertThat(shell.out().chars()).allMatch(c -> c < 0x80);
  }

  @Test
  void a_bug_of_ours_is_one_line_and_exit_code_1() {
    TestShell shell = new TestShell();
    Looker broken =
        (_, _) -> {
          throw new IllegalStateException("canary");
        };

    assertThat(shell.run(broken, "check", URL)).isEqualTo(1);
    assertThat(shell.err().lines().toList())
        .containsExactly(
            "pharos: this is a bug in Pharos, please report it: IllegalStateException"
                + " (PHAROS_DEBUG=1 shows where)");

    TestShell debugging = new TestShell().with("PHAROS_DEBUG", "1");
    assertThat(debugging.run(broken, "check", URL)).isEqualTo(1);
    assertThat(debugging.err()).contains("\tat dev.pharos.cli");
  }

  @Test
  void a_stopped_look_prints_nothing_more() {
    TestShell shell = new TestShell();
    Cli[] cli = new Cli[1];
    cli[0] =
        new Cli(
            (_, _) -> {
              cli[0].stop();
              return Looks.refused("the session was closed");
            },
            TestShell.noMonitor(),
            shell.shell());

    assertThat(cli[0].run("check", URL)).isEqualTo(130);
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void a_rehearsal_looks_in_every_way_and_prints_nothing() {
    TestShell shell = new TestShell();
    AtomicInteger looks = new AtomicInteger();
    Looker looker =
        (_, _) -> {
          looks.incrementAndGet();
          return Looks.healthy();
        };

    Monitors none = new NoMonitors(new IOException("no monitor here"));

    assertThat(new Cli(looker, none, shell.shell()).run("rehearse", URL)).isZero();
    assertThat(looks).hasValue(3);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err())
        .isEqualTo("pharos: the monitor was not rehearsed: no monitor here" + "\n");
  }
}
