package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageClock;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MailboxTest extends McpTest {
  private final ConcurrentLinkedQueue<String> replies = new ConcurrentLinkedQueue<>();
  private final Mailbox mailbox =
      new Mailbox(
          JSON, new Inbox(message -> replies.add(new String(message, StandardCharsets.UTF_8))));

  private static Call<Boolean> call(long id) {
    return new Call<>(
        JSON,
        "tools/list",
        id,
        new byte[0],
        (parser, _, _) -> {
          parser.skipChildren();
          return true;
        });
  }

  private void deliver(String message) throws FailureException {
    mailbox.deliver(bytes(message));
  }

  private static String answer(long id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}";
  }

  /** A look whose time is already over: only what is there is found. */
  private static Look late() {
    return look(0);
  }

  @Test
  void an_answer_that_came_first_is_found() throws FailureException {
    Call<Boolean> call = call(1);
    mailbox.expect(call);
    deliver(answer(1));
    mailbox.await(call, late());
    assertThat(call.answered()).isTrue();
  }

  @Test
  void an_answer_that_comes_later_wakes_whoever_waits()
      throws FailureException, ExecutionException, InterruptedException, TimeoutException {
    Call<Boolean> call = call(1);
    mailbox.expect(call);
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    Thread waiter =
        Thread.ofVirtual()
            .start(() -> {
              try {
                mailbox.await(call, look());
                waiting.complete(null);
              } catch (FailureException e) {
                waiting.completeExceptionally(e);
              }
            });
    deliver(answer(1));
    waiting.get(20, TimeUnit.SECONDS);
    waiter.join();
    assertThat(call.answered()).isTrue();
  }

  @Test
  void many_threads_get_each_their_own_answer() throws Exception {
    int count = 200;
    List<Call<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(call(i));
      mailbox.expect(calls.get(i));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waits =
          calls.stream()
              .map(call ->
                  threads.submit(() -> {
                    mailbox.await(call, look());
                    return call.answered() && !call.stray();
                  }))
              .toList();
      for (int i = count - 1; i >= 0; i--) {
        int id = i;
        var _ =
            threads.submit(() -> {
              deliver(answer(id));
              return true;
            });
      }
      for (var wait : waits) {
        assertThat(wait.get(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void silence_is_a_timeout_and_ends_with_the_looks_own_time() {
    AtomicLong now = new AtomicLong();
    Ticker ticker = () -> now.addAndGet(TimeUnit.MILLISECONDS.toNanos(400));
    Look look =
        new Look(
            new StageClock(ticker, Stage.LIST),
            Deadline.after(Duration.ofSeconds(1), ticker),
            WireTap.none());
    Call<Boolean> call = call(1);
    mailbox.expect(call);
    assertThat(kindOf(() -> mailbox.await(call, look))).isEqualTo(FailureKind.TIMEOUT);
  }

  @Test
  void an_answer_to_another_number_is_a_wrong_id() throws FailureException {
    Call<Boolean> call = call(1);
    mailbox.expect(call);
    deliver(answer(2));
    deliver("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{}}");
    assertThat(kindOf(() -> mailbox.await(call, late()))).isEqualTo(FailureKind.ID_MISMATCH);
  }

  @Test
  void a_late_answer_to_a_call_that_was_given_up_does_not_fail_the_next() throws FailureException {
    Call<Boolean> first = call(1);
    mailbox.expect(first);
    mailbox.forget(first);
    Call<Boolean> second = call(2);
    mailbox.expect(second);
    deliver(answer(1));
    deliver(answer(2));
    Look look = look();
    mailbox.await(second, look);
    assertThat(second.answered()).isTrue();
    assertThat(kinds(look)).containsExactly(FindingKind.STRAY_MESSAGE);
  }

  @Test
  void an_answer_that_comes_twice_is_noted() throws FailureException {
    Call<Boolean> call = call(1);
    mailbox.expect(call);
    deliver(answer(1));
    deliver(answer(1));
    Look look = look();
    mailbox.await(call, look);
    assertThat(kinds(look)).containsExactly(FindingKind.STRAY_MESSAGE);
  }

  @Test
  void an_answer_that_nobody_waits_for_is_dropped_in_silence() throws FailureException {
    mailbox.unattended(call(7));
    Call<Boolean> call = call(8);
    mailbox.expect(call);
    deliver(answer(7));
    deliver(answer(8));
    Look look = look();
    mailbox.await(call, look);
    assertThat(look.findings()).isEmpty();
  }

  @Test
  void an_error_without_id_belongs_to_the_only_call() throws FailureException {
    mailbox.unattended(call(7));
    Call<Boolean> call = call(8);
    mailbox.expect(call);
    deliver("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"m\"}}");
    mailbox.await(call, late());
    assertThat(call.error()).isNotNull();
  }

  @Test
  void an_error_without_id_belongs_to_none_of_two_calls() throws FailureException {
    Call<Boolean> first = call(1);
    Call<Boolean> second = call(2);
    mailbox.expect(first);
    mailbox.expect(second);
    deliver("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"m\"}}");
    assertThat(mailbox.arrived(first, look())).isFalse();
    assertThat(mailbox.arrived(second, look())).isFalse();
  }

  @Test
  void noise_explains_silence_only_while_nothing_else_was_heard() throws FailureException {
    Call<Boolean> call = call(1);
    mailbox.expect(call);
    mailbox.noise("Listening on stdio");
    mailbox.noise("more");
    FailureException silence = failureOf(() -> mailbox.await(call, late()));
    assertThat(silence.kind()).isEqualTo(FailureKind.STDOUT_NOISE);
    assertThat(silence.detail()).contains("2 lines", "Listening on stdio");

    deliver(answer(1));
    Look look = look();
    mailbox.await(call, look);
    assertThat(kinds(look)).containsExactly(FindingKind.STDOUT_NOISE);

    Call<Boolean> later = call(2);
    mailbox.expect(later);
    assertThat(kindOf(() -> mailbox.await(later, late()))).isEqualTo(FailureKind.TIMEOUT);
  }

  @Test
  void a_fault_fails_the_call_in_flight_but_not_the_next() throws FailureException {
    Call<Boolean> first = call(1);
    mailbox.expect(first);
    mailbox.broken(new FailureException(FailureKind.INVALID_JSON, "no json"));
    assertThat(kindOf(() -> mailbox.await(first, look()))).isEqualTo(FailureKind.INVALID_JSON);
    mailbox.forget(first);
    Call<Boolean> second = call(2);
    mailbox.expect(second);
    deliver(answer(2));
    mailbox.await(second, look());
    assertThat(second.answered()).isTrue();
  }

  @Test
  void a_closed_mailbox_fails_every_call_but_gives_what_came_before() throws FailureException {
    Call<Boolean> answered = call(1);
    Call<Boolean> open = call(2);
    mailbox.expect(answered);
    mailbox.expect(open);
    deliver(answer(1));
    mailbox.close(new FailureException(FailureKind.PROCESS_EXIT, "first"));
    mailbox.close(new FailureException(FailureKind.STREAM_ENDED, "second"));
    assertThat(mailbox.closed()).isTrue();
    mailbox.await(answered, look());
    assertThat(answered.answered()).isTrue();
    assertThat(kindOf(() -> mailbox.await(open, look()))).isEqualTo(FailureKind.PROCESS_EXIT);
  }

  @Test
  void closing_wakes_whoever_waits() throws Exception {
    Call<Boolean> call = call(1);
    mailbox.expect(call);
    CompletableFuture<FailureKind> kind = new CompletableFuture<>();
    Thread waiter =
        Thread.ofVirtual().start(() -> kind.complete(kindOf(() -> mailbox.await(call, look()))));
    mailbox.close(new FailureException(FailureKind.STREAM_ENDED, "over"));
    assertThat(kind.get(20, TimeUnit.SECONDS)).isEqualTo(FailureKind.STREAM_ENDED);
    waiter.join();
  }

  @Test
  void requests_of_the_server_are_answered_and_noted() throws FailureException {
    deliver("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}");
    deliver("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"roots/list\"}");
    assertThat(replies)
        .containsExactly(
            "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}",
            "{\"jsonrpc\":\"2.0\",\"id\":5,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
    Call<Boolean> call = call(1);
    mailbox.expect(call);
    deliver(answer(1));
    Look look = look();
    mailbox.await(call, look);
    assertThat(kinds(look)).containsExactly(FindingKind.UNDECLARED_REQUEST);
  }

  @Test
  void an_interrupt_ends_the_wait_and_stays_set() {
    Call<Boolean> call = call(1);
    mailbox.expect(call);
    Thread.currentThread().interrupt();
    FailureException failure = failureOf(() -> mailbox.await(call, look()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.detail()).contains("interrupted");
  }
}
