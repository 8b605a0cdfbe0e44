package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.process.ChildSpec;
import dev.pharos.trace.Era;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Processes of a few lines of shell. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class StdioTest extends McpTest {
  /** Reads a request into {@code $line} and its number into {@code $id}. */
  private static final String READ =
      """
      next() { read -r line || exit 0; id=${line#*'"id":'}; id=${id%%,*}; };
      say() { printf '%s\\n' "$1"; };
      result() { say '{"jsonrpc":"2.0","id":'"$id"',"result":'"$1"'}'; };
      error() { say '{"jsonrpc":"2.0","id":'"$id"',"error":{"code":'"$1"',"message":"m"}}'; };
      """;

  private static final String INITIALIZED = "'" + initialized("2025-11-25") + "'";
  private static final String HANDSHAKE = "result " + INITIALIZED + "; next;\n";
  private static final String STATELESS = "next; result '" + DISCOVERED + "';\n";

  private final Heard heard = new Heard();
  private @Nullable Conversation conversation;

  @AfterEach
  void endTheProcess() {
    if (conversation != null) {
      conversation.end(look());
    }
  }

  private Conversation open(String script, Known known, Look look) throws FailureException {
    Conversation opened =
        opener.open(
            new Endpoint.Command(
                new ChildSpec(List.of("sh", "-c", READ + script), Map.of(), null, 1 << 20)),
            anonymous(),
            known,
            look);
    conversation = opened;
    return opened;
  }

  private Conversation open(String script) throws FailureException {
    return open(script, Known.NOTHING, look());
  }

  private static final Known SESSION = new Known(Era.SESSION, null, false);

  @Test
  void an_error_to_the_discovery_leads_to_the_handshake_in_the_same_process()
      throws FailureException {
    Conversation open =
        open("next; error -32601; next; " + HANDSHAKE + "next; result '{\"tools\":[]}'; next");
    assertThat(open.era()).isEqualTo(Era.SESSION);
    assertThat(open.list(ListKind.TOOLS, null, look()).items()).isEmpty();
  }

  @Test
  void a_discovery_answer_is_the_stateless_era() throws FailureException {
    Conversation open = open(STATELESS + "next; result '{\"tools\":[]}'; next");
    assertThat(open.era()).isEqualTo(Era.STATELESS);
    assertThat(open.list(ListKind.TOOLS, null, look()).items()).isEmpty();
  }

  @Test
  void a_process_that_ends_over_the_discovery_is_started_anew() throws FailureException {
    Conversation open =
        open("next; case $line in *server/discover*) exit 3;; esac; " + HANDSHAKE + "next");
    assertThat(open.era()).isEqualTo(Era.SESSION);
  }

  @Test
  void a_silent_process_is_asked_for_a_handshake_as_well() throws FailureException {
    Conversation open = open("next; next; " + HANDSHAKE + "next; result '{\"tools\":[]}'; next");
    assertThat(open.era()).isEqualTo(Era.SESSION);
    assertThat(open.list(ListKind.TOOLS, null, look()).items()).isEmpty();
  }

  @Test
  void a_late_answer_to_the_discovery_counts() throws FailureException {
    Conversation open =
        open("read -r first; next; id=1; result '" + DISCOVERED + "'; id=2; error -32601; next");
    assertThat(open.era()).isEqualTo(Era.STATELESS);
  }

  @Test
  void an_answer_to_the_discovery_that_comes_after_the_handshake_harms_nobody()
      throws FailureException {
    Conversation open =
        open(
            "next; next; "
                + HANDSHAKE
                + "next; asked=$id; id=1; error -32601; id=$asked; result '{\"tools\":[]}'; next");
    Look look = look();
    assertThat(open.list(ListKind.TOOLS, null, look).items()).isEmpty();
    assertThat(look.findings()).isEmpty();
  }

  @Test
  void a_pinned_stateless_process_may_start_slowly() throws FailureException {
    Conversation open =
        open("sleep 0.8; " + STATELESS + "next", new Known(Era.STATELESS, null, true), look());
    assertThat(open.era()).isEqualTo(Era.STATELESS);
  }

  @Test
  void pings_are_answered_before_the_handshake_too() throws FailureException {
    Conversation open =
        open(
            "next; error -32601; next; asked=$id; say '{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}'; "
                + "read -r pong; case $pong in *'\"id\":\"p\",\"result\":{}'*) id=$asked;; *) exit 4;; esac; "
                + HANDSHAKE
                + "next");
    assertThat(open.era()).isEqualTo(Era.SESSION);
  }

  @Test
  void noise_is_skipped_and_noted() throws FailureException {
    Look look = look();
    Conversation open =
        open(
            "echo Listening; next; error -32601; next; " + HANDSHAKE + "next", Known.NOTHING, look);
    assertThat(open.era()).isEqualTo(Era.SESSION);
    assertThat(kinds(look)).containsExactly(FindingKind.STDOUT_NOISE);
  }

  @Test
  void only_noise_is_told_as_such() {
    assertThat(kindOf(() -> open("echo Listening; cat > /dev/null", SESSION, look(800))))
        .isEqualTo(FailureKind.STDOUT_NOISE);
  }

  @Test
  void an_end_in_mid_call_is_told_with_the_last_words() throws FailureException {
    Conversation open =
        open("next; " + HANDSHAKE + "next; echo 'out of luck' >&2; exit 7", SESSION, look());
    FailureException failure = failureOf(() -> open.list(ListKind.TOOLS, null, look()));
    assertThat(failure.kind()).isEqualTo(FailureKind.PROCESS_EXIT);
    assertThat(failure.detail()).contains("7", "out of luck");
    assertThat(open.alive()).isFalse();
  }

  @Test
  void a_process_that_never_reads_its_stdin_cannot_hold_a_large_message_for_ever()
      throws FailureException {
    Conversation open = open("next; " + HANDSHAKE + "sleep 60", SESSION, look());
    ListedItem tool = new ListedItem("t", null, null, "{\"name\":\"t\"}");
    String arguments = "{\"a\":\"" + "x".repeat(300_000) + "\"}";
    FailureException failure =
        failureOf(() -> open.callTool(tool, new ToolArguments(arguments), look(700)));
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure.detail()).contains("does not read its stdin");
    assertThat(kindOf(() -> open.ping(look(300)))).isEqualTo(FailureKind.TIMEOUT);
  }

  @Test
  void a_large_message_gets_through_to_a_process_that_reads() throws FailureException {
    Conversation open =
        open(
            "next; " + HANDSHAKE + "next; result '{\"n\":'${#line}'}'; next; result '{}'; next",
            SESSION,
            look());
    ListedItem tool = new ListedItem("t", null, null, "{\"name\":\"t\"}");
    ToolAnswer answer =
        open.callTool(tool, new ToolArguments("{\"a\":\"" + "x".repeat(300_000) + "\"}"), look());
    assertThat(answer.json()).matches("\\{\"n\":300\\d{3}}");
    open.ping(look());
  }

  @Test
  void a_flood_of_pings_from_a_process_that_does_not_read_does_not_stop_its_answer()
      throws FailureException {
    Conversation open =
        open(
            "next; "
                + HANDSHAKE
                + "next; i=0; while [ $i -lt 4000 ]; do say '{\"jsonrpc\":\"2.0\",\"id\":\"a-rather-long-number\",\"method\":\"ping\"}'; i=$((i+1)); done; result '{}'; sleep 60",
            SESSION,
            look());
    open.ping(look());
  }

  @Test
  void the_process_itself_is_held_and_its_end_told() throws Exception {
    Conversation open = open("next; " + HANDSHAKE + "next; exit 5", SESSION, look());
    Hold hold = Objects.requireNonNull(open.hold(heard, look()));
    assertThat(hold.open()).isTrue();
    assertThat(kindOf(() -> open.ping(look()))).isEqualTo(FailureKind.PROCESS_EXIT);
    assertThat(heard.next()).startsWith("ended: the process ended").contains("5");
    assertThat(hold.open()).isFalse();
    assertThat(open.hold(heard, look())).isNull();
    assertThat(heard.rest()).isEmpty();
  }

  @Test
  void a_hold_that_was_let_go_is_not_told() throws Exception {
    Conversation open = open("next; " + HANDSHAKE + "next; exit 5", SESSION, look());
    Hold first = Objects.requireNonNull(open.hold(heard, look()));
    first.close();
    Heard second = new Heard();
    assertThat(open.hold(second, look())).isNotNull();
    assertThat(kindOf(() -> open.ping(look()))).isEqualTo(FailureKind.PROCESS_EXIT);
    assertThat(second.next()).startsWith("ended");
    assertThat(heard.rest()).isEmpty();
    assertThat(first.open()).isFalse();
  }

  @Test
  void a_subscription_is_asked_for_heard_and_cancelled() throws Exception {
    Conversation open =
        open(
            STATELESS
                + "next; case $line in *subscriptions/listen*) ;; *) exit 4;; esac; "
                + "say '{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\"}'; "
                + "say '{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}'; "
                + "next; case $line in *notifications/cancelled*) ;; *) exit 4;; esac; "
                + "next; result '{\"tools\":[]}'; next");
    Hold hold = Objects.requireNonNull(open.hold(heard, look()));
    assertThat(heard.next()).isEqualTo("changed: TOOLS");
    hold.close();
    Look look = look();
    assertThat(open.list(ListKind.TOOLS, null, look).items()).isEmpty();
    assertThat(look.findings()).isEmpty();
  }

  @Test
  void a_refused_subscription_is_no_stray_answer_and_the_process_is_held_still()
      throws FailureException {
    Conversation open = open(STATELESS + "next; error -32601; next; result '{\"tools\":[]}'; next");
    Hold hold = Objects.requireNonNull(open.hold(heard, look()));
    Look look = look();
    assertThat(open.list(ListKind.TOOLS, null, look).items()).isEmpty();
    assertThat(look.findings()).isEmpty();
    assertThat(hold.open()).isTrue();
  }

  @Test
  void ending_twice_ends_once_and_tells_no_holder() throws FailureException {
    Conversation open = open("next; " + HANDSHAKE + "trap '' TERM; sleep 60", SESSION, look());
    assertThat(open.hold(heard, look())).isNotNull();
    Look look = look();
    open.end(look);
    assertThat(kinds(look)).containsExactly(FindingKind.PROCESS_KILLED);
    Look again = look();
    open.end(again);
    assertThat(again.findings()).isEmpty();
    assertThat(open.alive()).isFalse();
    assertThat(heard.rest()).isEmpty();
  }
}
