package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.net.NetSettings;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.testing.StdioServer;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools that are run, on good servers and on others. */
class ToolRunTest extends Survival {
  private static final String ANSWER =
      "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}],\"isError\":%s}";

  @AfterEach
  void whatever_was_opened_is_ended() {
    prober.close();
    ProbeCounts counts = prober.counts();
    assertThat(counts.sessionsEnded()).isEqualTo(counts.sessionsOpened());
    assertThat(counts.childrenReaped()).isEqualTo(counts.childrenStarted());
    assertThat(counts.open()).isZero();
  }

  private Called call(Target target, String tool, String arguments) {
    Called called = prober.call(target, tool, arguments, target.timeout());
    assertThat(called.toString()).doesNotContain(CANARY);
    return called;
  }

  private Failure refusal(Target target, String tool) {
    Called called = call(target, tool, "{}");
    assertThat(called.resultJson()).isNull();
    return Objects.requireNonNull(called.failure());
  }

  @Test
  void a_tool_is_run_with_its_arguments_in_a_session_that_is_ended() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "tools/call",
                x ->
                    x.result(
                        ANSWER
                            .formatted(x.params().path("arguments"), false)
                            .replace("{\"city\":\"Ulm\"}", "sunny in Ulm")))) {
      Called called = call(target(server.url()), "tool-0", "{\n\"city\":\"Ulm\"}");
      assertThat(called.failure()).isNull();
      assertThat(called.isError()).isFalse();
      assertThat(called.resultJson()).contains("sunny in Ulm");
      assertThat(called.tookMicros()).isPositive();
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void a_tool_that_fails_is_an_answer() {
    try (FakeMcpServer server =
        FakeMcpServer.start().on("tools/call", x -> x.result(ANSWER.formatted("no", true)))) {
      Called called = call(target(server.url()), "tool-0", "{}");
      assertThat(called.isError()).isTrue();
      assertThat(called.failure()).isNull();
    }
  }

  @Test
  void a_tool_on_the_old_transport() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .oldTransport()
            .on("tools/call", x -> x.result(ANSWER.formatted("old", false)))) {
      assertThat(call(target(server.url()), "tool-0", "{}").resultJson()).contains("old");
    }
  }

  @Test
  void a_tool_of_a_process() {
    Called called = call(process(StdioServer.command()), "hello", "{\n}");
    assertThat(called.failure()).isNull();
    assertThat(called.resultJson()).contains("hello");
    assertThat(prober.counts().childrenStarted()).isEqualTo(1);
  }

  @Test
  void annotated_arguments_travel_as_headers_in_the_stateless_era() {
    String tool =
        "{\"name\":\"tool-0\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"r\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"}}}}";
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .stateless()
            .offer("tools", List.of(tool))
            .on(
                "tools/call",
                x ->
                    x.result(
                        "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\""
                            + x.request().header("Mcp-Param-Region")
                            + "\"}]}"))) {
      Called called = call(target(server.url()), "tool-0", "{\"r\":\"west\"}");
      assertThat(called.resultJson()).contains("west");
      assertThat(prober.counts().sessionsOpened()).isZero();
    }
  }

  @Test
  void a_tool_that_wants_more_of_its_user() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .stateless()
            .on(
                "tools/call",
                x -> x.result("{\"resultType\":\"input_required\",\"requestState\":\"s\"}"))) {
      Called called = call(target(server.url()), "tool-0", "{}");
      assertThat(called.resultJson()).contains("input_required");
      is(Objects.requireNonNull(called.failure()), Stage.CALL, FailureKind.TOOL_NEEDS_INPUT);
    }
  }

  @Test
  void a_tool_that_is_not_listed_is_never_called() {
    try (FakeMcpServer server = FakeMcpServer.start()) {
      Failure failure = refusal(target(server.url()), "drop\u0007-tables");
      is(failure, Stage.CALL, FailureKind.TOOL_UNKNOWN);
      assertThat(failure.message()).isEqualTo("the server lists no tool named drop -tables");
      assertThat(server.requests("tools/call")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"-32602, TOOL_UNKNOWN", "-32603, TOOL_ERROR"})
  void a_refusal_in_words(int code, FailureKind kind) {
    try (FakeMcpServer server =
        FakeMcpServer.start().on("tools/call", x -> x.error(code, "not today"))) {
      Failure failure = refusal(target(server.url()), "tool-0");
      is(failure, Stage.CALL, kind);
      assertThat(failure.message()).contains("not today");
    }
  }

  @Test
  void a_session_lost_before_the_call_is_not_tried_twice() {
    try (FakeMcpServer server =
        FakeMcpServer.start().once("tools/call", x -> x.answer(404, "application/json", "{}"))) {
      is(refusal(target(server.url()), "tool-0"), Stage.CALL, FailureKind.SESSION_LOST);
      assertThat(server.requests("tools/call")).hasSize(1);
    }
  }

  @Test
  void a_server_that_hangs_up_at_the_call() {
    try (FakeMcpServer server = FakeMcpServer.start().on("tools/call", x -> x.peer().finish())) {
      is(refusal(target(server.url()), "tool-0"), Stage.HTTP, FailureKind.EMPTY_REPLY);
      assertThat(server.requests("tools/call")).hasSize(1);
    }
  }

  @Test
  void a_tool_that_does_not_come_back_in_time() {
    try (FakeMcpServer server = FakeMcpServer.start().on("tools/call", x -> x.peer().hold())) {
      Failure failure = refusal(hurried(target(server.url())), "tool-0");
      is(failure, Stage.HTTP, FailureKind.TIMEOUT_FIRST_BYTE);
    }
  }

  @Test
  void a_result_that_is_too_long() {
    ProbeSettings small = new ProbeSettings(NetSettings.DEFAULT, 10_000, 64, 10_000, 64);
    try (Prober bounded = new Prober(small, InstantSource.system(), Ticker.system());
        FakeMcpServer server =
            FakeMcpServer.start()
                .on("tools/call", x -> x.result(ANSWER.formatted("x".repeat(20_000), false)))) {
      Called called = bounded.call(target(server.url()), "tool-0", "{}", PLENTY);
      assertThat(Objects.requireNonNull(called.failure()).kind()).isEqualTo(FailureKind.OVERSIZE);
    }
  }

  @Test
  void a_server_that_is_not_there() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Target nobody = target("http://127.0.0.1:" + port + "/mcp");
    is(refusal(nobody, "tool-0"), Stage.CONNECT, FailureKind.REFUSED);
  }

  @Test
  void secrets_that_the_server_repeats_are_hidden_even_with_escapes() {
    Credentials token = new Credentials.Headers(Map.of("X-Key", new Secret("can\"ary\\1")));
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "tools/call",
                x ->
                    x.result(
                        ANSWER.formatted(
                            "can\\\"ary\\\\1 and " + x.request().header("X-Extra"), false)))) {
      Called called = call(target(server.url(), token), "tool-0", "{}");
      assertThat(called.resultJson()).contains("•••• and ••••").doesNotContain("ary");
    }
  }

  @Test
  void arguments_that_are_no_object_are_refused_before_anything_is_opened() {
    try (FakeMcpServer server = FakeMcpServer.start()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> call(target(server.url()), "tool-0", "[1]"));
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void a_run_is_stopped_with_the_prober_and_its_session_ended() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "tools/call",
                x -> {
                  asked.countDown();
                  x.peer().hold();
                })) {
      AtomicReference<Called> called = new AtomicReference<>();
      Thread running =
          Thread.ofVirtual().start(() -> called.set(call(target(server.url()), "tool-0", "{}")));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      prober.close();
      assertThat(running.join(Duration.ofSeconds(20))).isTrue();
      assertThat(called.get().failure()).isNotNull();
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  private static Target process(List<String> command) {
    return new Target(
        "a process",
        new Transport.Stdio(command, Map.of(), null),
        new Credentials.None(),
        Map.of(),
        Expectation.TOOLS,
        PLENTY);
  }
}
