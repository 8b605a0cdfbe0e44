package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.testing.StdioServer;
import dev.pharos.trace.Era;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.TransportKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Servers that we start ourselves. That none of their processes stays is checked after each test.
 */
class SurviveProcessTest extends Survival {
  /** Time for a JVM to start on a busy machine, and then to run out. */
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  private static Target process(String... ways) {
    return process(PLENTY, StdioServer.command(ways));
  }

  private static Target process(Duration timeout, List<String> command) {
    return new Target(
        "a process",
        new Transport.Stdio(command, Map.of("API_KEY", new Secret("env-canary")), null),
        new Credentials.None(),
        Map.of(),
        Expectation.TOOLS,
        timeout);
  }

  @Test
  void a_good_server_of_the_session_era() {
    Observation seen = healthy(process());
    assertThat(seen.facts().transport()).isEqualTo(TransportKind.STDIO);
    assertThat(seen.facts().era()).isEqualTo(Era.SESSION);
    assertThat(seen.counts().tools()).isEqualTo(1);
    assertThat(seen.findings()).isEmpty();
  }

  @Test
  void a_good_server_of_the_stateless_era() {
    Observation seen = healthy(process("stateless"));
    assertThat(seen.facts().era()).isEqualTo(Era.STATELESS);
    assertThat(seen.counts().tools()).isEqualTo(1);
  }

  @Test
  void a_server_that_ends_at_a_question_it_does_not_know_is_started_again() {
    assertThat(healthy(process("strict")).facts().era()).isEqualTo(Era.SESSION);
  }

  @Test
  void a_command_that_is_missing() {
    Failure failure = failure(process(PLENTY, List.of("no-such-command-anywhere", "stdio")));
    is(failure, Stage.HANDSHAKE, FailureKind.PROCESS_START);
    assertThat(failure.message()).contains("no-such-command-anywhere");
  }

  @Test
  void a_server_that_exits_at_once_is_quoted() {
    Failure failure = failure(process("exits"));
    is(failure, Stage.HANDSHAKE, FailureKind.PROCESS_EXIT);
    assertThat(failure.message()).contains("exit code 3", "config.toml is missing");
  }

  @RepeatedTest(10) // it may be gone before, while or after the first question is written
  void a_command_that_is_gone_before_it_can_be_asked_is_quoted() {
    List<String> command = List.of("sh", "-c", "echo config.toml is missing >&2; exit 3");
    Failure failure = failure(process(PLENTY, command));
    is(failure, Stage.HANDSHAKE, FailureKind.PROCESS_EXIT);
    assertThat(failure.message()).contains("exit code 3", "config.toml is missing");
  }

  @Test
  void a_server_that_exits_in_mid_check_is_quoted() {
    Failure failure = failure(process("exits-later"));
    is(failure, Stage.LIST, FailureKind.PROCESS_EXIT);
    assertThat(failure.message()).contains("exit code 7", "out of cheese");
  }

  @Test
  void logs_on_stdout_are_noted() {
    Observation seen = healthy(process("logs"));
    assertThat(findings(seen)).containsExactly(FindingKind.STDOUT_NOISE);
    assertThat(seen.findings().getFirst().message()).contains("[info] listening");
  }

  @Test
  void nothing_but_logs_on_stdout() {
    Failure failure = failure(process(A_WHILE, StdioServer.command("only-logs")));
    is(failure, Stage.HANDSHAKE, FailureKind.STDOUT_NOISE);
    assertThat(failure.message()).contains("[info] listening");
  }

  @Test
  void a_server_that_never_answers() {
    is(
        failure(process(Duration.ofSeconds(2), StdioServer.command("silent"))),
        Stage.HANDSHAKE,
        FailureKind.TIMEOUT);
  }

  @Test
  void a_server_that_stays_when_its_stdin_is_closed() {
    assertThat(findings(healthy(process("stays")))).containsExactly(FindingKind.PROCESS_KILLED);
  }

  @Test
  void children_that_outlive_the_server() {
    Observation seen = healthy(process("forks"));
    assertThat(findings(seen)).containsExactly(FindingKind.PROCESS_KILLED);
    assertThat(seen.findings().getFirst().message()).contains("left");
  }

  @Test
  void a_flood_on_stderr() {
    assertThat(healthy(process("floods")).findings()).isEmpty();
  }

  @Test
  void a_line_above_the_bound() {
    is(failure(process("long-line")), Stage.LIST, FailureKind.OVERSIZE);
  }

  @Test
  void the_end_of_a_watched_process_is_told() throws InterruptedException {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Target target = process();
    try (KeptSession session = prober.keep(target)) {
      passed(look(session, target, Depth.ALL));
      assertThat(session.watch(new Telling(told))).isTrue();
      ProcessHandle.current()
          .children()
          .filter(SurviveProcessTest::isOurs)
          .forEach(ProcessHandle::destroyForcibly);
      assertThat(told.poll(10, TimeUnit.SECONDS)).contains("process ended");
      // What ended is down, whoever could start it again.
      assertThat(look(session, target, Depth.TOOLS))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> is(failed.reason(), Stage.HANDSHAKE, FailureKind.PROCESS_EXIT));
    }
  }

  private static boolean isOurs(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(StdioServer.class.getName());
  }

  private record Telling(BlockingQueue<String> told) implements WatchListener {
    @Override
    public void ended(String detail) {
      told.add(detail);
    }

    @Override
    public void idleEnded(String detail) {}

    @Override
    public void listChanged(String list) {
      told.add(list);
    }
  }
}
