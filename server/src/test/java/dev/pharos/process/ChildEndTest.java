package dev.pharos.process;

import static dev.pharos.process.Children.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.process.Ending.How;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class ChildEndTest {
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Recording heard = new Recording();

  @Test
  void a_process_that_never_answers_leaves_when_its_stdin_closes() throws Exception {
    try (Child child = Children.shell("cat >/dev/null", heard)) {
      child.send(bytes("{}"));
      assertThat(child.end(LONG)).isEqualTo(new Ending(How.STDIN_CLOSED, 0));
      assertThat(heard.lines).isEmpty();
    }
  }

  @Test
  void a_process_that_ignores_its_stdin_is_terminated() throws Exception {
    try (Child child = Children.shell("echo up; exec sleep 60", heard)) {
      assertThat(heard.nextLine()).isEqualTo("up");
      assertThat(child.end(SHORT)).isEqualTo(new Ending(How.TERMINATED, 0));
      assertThat(heard.exit().signal()).isEqualTo("SIGTERM");
    }
  }

  @Test
  void a_process_that_ignores_everything_is_killed_with_its_children() throws Exception {
    try (Child child = Children.shell("trap '' TERM; sleep 60 & echo $!; wait; sleep 60", heard)) {
      long grandchild = Long.parseLong(heard.nextLine());
      assertThat(child.end(SHORT)).isEqualTo(new Ending(How.KILLED, 0));
      assertThat(heard.exit().signal()).isEqualTo("SIGKILL");
      assertThat(runs(grandchild)).isFalse();
      assertThat(runs(child.pid())).isFalse();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void what_outlives_the_process_is_killed_even_in_a_session_of_its_own() throws Exception {
    String script =
        "setsid sh -c 'trap \"\" TERM HUP; echo $$; sleep 60 </dev/null >/dev/null 2>&1'"
            + " </dev/null 2>/dev/null & read -r end";
    try (Child child = Children.shell(script, heard)) {
      long grandchild = Long.parseLong(heard.nextLine());
      assertThat(runs(grandchild)).isTrue();
      Ending ending = child.end(LONG);
      assertThat(ending.how()).isEqualTo(How.STDIN_CLOSED);
      assertThat(ending.leftovers()).isPositive();
      assertThat(ending.describe()).contains("left behind");
      assertThat(runs(grandchild)).isFalse();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void an_orphan_that_was_adopted_before_the_end_is_found_by_its_mark() throws Exception {
    try (Child child =
        Children.shell("(setsid sleep 60 >/dev/null 2>&1 & echo $!); read -r e", heard)) {
      long orphan = Long.parseLong(heard.nextLine());
      assertThat(child.end(LONG)).isEqualTo(new Ending(How.STDIN_CLOSED, 1));
      assertThat(runs(orphan)).isFalse();
    }
  }

  @Test
  void an_orphan_that_hides_and_holds_the_pipes_does_not_hold_up_the_end() throws Exception {
    try (Child child = Children.shell("(env -i sleep 60 & echo $!); read -r end", heard)) {
      long orphan = Long.parseLong(heard.nextLine());
      Ending ending = child.end(LONG);
      ProcessHandle.of(orphan).ifPresent(ProcessHandle::destroyForcibly);
      assertThat(ending.how()).isEqualTo(How.STDIN_CLOSED);
      assertThat(heard.exit().code()).isEqualTo(1); // read's own, at the end of stdin
      Awaitility.await().until(() -> threadsOf(child) == 0);
    }
  }

  @Test
  void a_child_that_follows_by_itself_is_no_leftover() throws Exception {
    String script = "(sleep 0.05; exec true) >/dev/null 2>&1 & echo up; read -r end";
    try (Child child = Children.shell(script, heard)) {
      assertThat(heard.nextLine()).isEqualTo("up");
      assertThat(child.end(LONG)).isEqualTo(new Ending(How.STDIN_CLOSED, 0));
    }
  }

  @Test
  void a_sender_to_a_process_that_does_not_read_is_freed_by_the_end() throws Exception {
    try (Child child = Children.shell("exec sleep 60", heard);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<FailureException> failure = threads.submit(() -> fill(child));
      Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> !failure.isDone());
      assertThat(child.end(SHORT)).isEqualTo(new Ending(How.TERMINATED, 0));
      FailureException failed = failure.get(20, TimeUnit.SECONDS);
      assertThat(failed.kind()).isEqualTo(FailureKind.PROCESS_EXIT);
      assertThat(failed.detail()).isEqualTo("the process has ended: killed by SIGTERM");
    }
  }

  private static FailureException fill(Child child) {
    try {
      while (true) {
        child.send(new byte[100_000]);
      }
    } catch (FailureException e) {
      return e;
    }
  }

  @Test
  void ending_again_and_at_once_gives_the_first_answer() throws Exception {
    try (Child child = Children.shell("echo up; exec sleep 60", heard);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(heard.nextLine()).isEqualTo("up");
      List<Future<Ending>> endings =
          Stream.generate(() -> threads.submit(() -> child.end(SHORT))).limit(8).toList();
      for (Future<Ending> ending : endings) {
        assertThat(ending.get(20, TimeUnit.SECONDS)).isEqualTo(new Ending(How.TERMINATED, 0));
      }
      assertThat(child.end(LONG).how()).isEqualTo(How.TERMINATED);
    }
    assertThat(heard.endings).hasValue(1);
  }

  @Test
  void an_interrupted_thread_still_ends_the_child_and_stays_interrupted() throws Exception {
    try (Child child = Children.shell("trap '' TERM; echo up; while :; do sleep 1; done", heard)) {
      assertThat(heard.nextLine()).isEqualTo("up");
      Thread.currentThread().interrupt();
      Ending ending = child.end(SHORT);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ending.how()).isEqualTo(How.KILLED);
      assertThat(runs(child.pid())).isFalse();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void sixty_children_leave_no_thread_and_no_descriptor() throws Exception {
    try (Child warm = Children.start(new Recording(), "cat")) {
      warm.end(LONG);
    }
    long descriptors = descriptors();
    for (int i = 0; i < 60; i++) {
      Recording each = new Recording();
      try (Child child = Children.start(each, "cat")) {
        child.send(bytes("x"));
        assertThat(each.nextLine()).isEqualTo("x");
        assertThat(child.end(LONG)).isEqualTo(new Ending(How.STDIN_CLOSED, 0));
      }
      assertThat(each.hasEnded()).isTrue();
    }
    // The JDK closes the pipes of the last one by itself, a moment later.
    Awaitility.await().until(() -> descriptors() <= descriptors + 3);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("child-"));
  }

  private static long threadsOf(Child child) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("child-" + child.pid() + "-"))
        .count();
  }

  private static long descriptors() throws Exception {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  static boolean runs(long pid) {
    return ProcessHandle.of(pid).filter(ProcessTable::runs).isPresent();
  }
}
