package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawPeer;
import dev.pharos.testing.RawRequest;
import dev.pharos.testing.RawServer;
import dev.pharos.trace.Era;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams held beside the looks, over Streamable HTTP. */
@Timeout(60)
class HoldTest extends McpTest {
  private static final Known SESSION = new Known(Era.SESSION, null, true);
  private static final String CHANGED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";
  private static final String GRANTED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{\"notifications\":{\"toolsListChanged\":true}}}";

  private final Heard heard = new Heard();

  /** A server of the session era whose GET does as told. */
  private static RawServer session(Server get) {
    return serving((peer, request) -> {
      if (request.method().equals("GET")) {
        get.answer(peer, request);
      } else if (method(request).equals("initialize")) {
        json(peer, 200, result(request, initialized("2025-11-25")));
      } else if (request.body().contains("\"id\":")) {
        json(peer, 200, result(request, "{\"tools\":[]}"));
      } else {
        peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
      }
    });
  }

  /** A server of the stateless era that does as told when it is asked to announce changes. */
  private static RawServer stateless(Server listen) {
    return serving((peer, request) -> {
      if (method(request).equals("subscriptions/listen")) {
        listen.answer(peer, request);
      } else {
        json(peer, 200, result(request, DISCOVERED));
      }
    });
  }

  private @Nullable Hold hold(Conversation conversation) {
    return conversation.hold(heard, look(3000));
  }

  private Hold held(RawServer server, Known known) throws FailureException {
    return Objects.requireNonNull(hold(open(server, known, look())));
  }

  private static void endless(RawPeer peer, String... events) throws IOException {
    stream(peer);
    for (String event : events) {
      peer.chunk(event(event));
    }
    peer.hold();
  }

  @Test
  void a_get_stream_is_held_and_its_hints_and_its_end_are_told() throws Exception {
    CountDownLatch enough = new CountDownLatch(1);
    try (RawServer server =
        session((peer, _) -> {
          stream(peer);
          peer.chunk(": hello\n\n");
          peer.chunk(event("no json at all"));
          peer.chunk(event(CHANGED));
          peer.chunk(event(CHANGED.replace("tools", "prompts")));
          peer.chunk(event(CHANGED.replace("tools", "resources")));
          await(enough);
          peer.chunk("");
        })) {
      Hold hold = held(server, SESSION);
      assertThat(heard.next()).isEqualTo("changed: TOOLS");
      assertThat(heard.next()).isEqualTo("changed: PROMPTS");
      assertThat(heard.next()).isEqualTo("changed: RESOURCES");
      assertThat(hold.open()).isTrue();
      enough.countDown();
      assertThat(heard.next()).isEqualTo("ended: the event stream ended");
      assertThat(hold.open()).isFalse();
      assertThat(heard.rest()).isEmpty();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void a_stream_outlives_the_look_that_opened_it() throws Exception {
    CountDownLatch later = new CountDownLatch(1);
    try (RawServer server =
        session((peer, _) -> {
          stream(peer);
          await(later);
          peer.hold();
        })) {
      Conversation conversation = open(server, SESSION, look());
      Look look = look(700);
      Hold hold = Objects.requireNonNull(conversation.hold(heard, look));
      while (!look.deadline().expired()) {
        Thread.onSpinWait();
      }
      conversation.list(ListKind.TOOLS, null, look());
      assertThat(hold.open()).isTrue();
      assertThat(heard.rest()).isEmpty();
      hold.close();
      later.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {405, 404, 409, 400, 401, 500, 202})
  void a_server_that_answers_with_no_stream_offers_nothing_to_hold(int status)
      throws FailureException {
    try (RawServer server = session((peer, _) -> peer.answer(status, "text/plain", "no"))) {
      assertThat(hold(open(server, SESSION, look()))).isNull();
      assertThat(heard.rest()).isEmpty();
    }
  }

  @Test
  void a_json_answer_to_the_get_is_no_stream() throws FailureException {
    try (RawServer server = session((peer, _) -> peer.answer(200, "application/json", "{}"))) {
      assertThat(hold(open(server, SESSION, look()))).isNull();
    }
  }

  @Test
  void letting_go_tells_nobody_and_closes_the_connection() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (RawServer server =
        session((peer, _) -> {
          stream(peer);
          try {
            peer.hold();
          } finally {
            gone.countDown();
          }
        })) {
      Hold hold = held(server, SESSION);
      hold.close();
      hold.close();
      assertThat(hold.open()).isFalse();
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(heard.rest()).isEmpty();
    }
  }

  @Test
  void a_second_hold_is_told_although_the_first_ends_after_it_began() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    CountDownLatch firstGone = new CountDownLatch(1);
    try (RawServer server =
        session((peer, _) -> {
          if (second.getCount() == 1) {
            second.countDown();
            stream(peer);
            try {
              peer.hold();
            } finally {
              firstGone.countDown();
            }
          }
          stream(peer);
          await(firstGone);
          peer.chunk(event(CHANGED));
          peer.hold();
        })) {
      Conversation conversation = open(server, SESSION, look());
      Heard before = new Heard();
      Hold first = Objects.requireNonNull(conversation.hold(before, look(3000)));
      Hold later = Objects.requireNonNull(hold(conversation));
      first.close();
      assertThat(heard.next()).isEqualTo("changed: TOOLS");
      assertThat(before.rest()).isEmpty();
      later.close();
    }
  }

  @Test
  void a_ping_on_a_held_stream_is_answered_when_nobody_looks() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    try (RawServer server =
        serving((peer, request) -> {
          if (request.method().equals("GET")) {
            endless(peer, "{\"jsonrpc\":\"2.0\",\"id\":\"held\",\"method\":\"ping\"}");
          } else if (request.body().contains("\"held\"")) {
            answered.countDown();
            peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
          } else if (method(request).equals("initialize")) {
            json(peer, 200, result(request, initialized("2025-11-25")));
          } else {
            peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
          }
        })) {
      Hold hold = held(server, SESSION);
      assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
      hold.close();
    }
  }

  @Test
  void a_subscription_is_held_when_it_was_granted() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    try (RawServer server =
        stateless((peer, _) -> {
          stream(peer);
          peer.chunk(": wait\n\n" + event(GRANTED) + event(CHANGED));
          await(looked);
          peer.hold();
        })) {
      Hold hold = held(server, Known.NOTHING);
      assertThat(heard.next()).isEqualTo("changed: TOOLS");
      assertThat(hold.open()).isTrue();
      RawRequest listen = server.requests().getLast();
      assertThat(listen.header("Mcp-Method")).isEqualTo("subscriptions/listen");
      assertThat(listen.body()).contains("\"toolsListChanged\":true", "_meta");
      looked.countDown();
      hold.close();
    }
  }

  @Test
  void a_subscription_that_is_refused_is_not_held() throws FailureException {
    for (Server refusal :
        new Server[] {
          (peer, request) -> json(peer, 404, error(request, -32601, "no", "")),
          (peer, request) -> json(peer, 200, error(request, -32601, "no", "")),
          (peer, request) -> endless(peer, error(request, -32601, "no", "")),
          (peer, request) -> endless(peer, result(request, "{\"resultType\":\"complete\"}")),
          (peer, request) -> {
            stream(peer);
            peer.chunk("");
          },
        }) {
      try (RawServer server = stateless(refusal)) {
        assertThat(hold(open(server, look()))).isNull();
        assertThat(heard.rest()).isEmpty();
      }
    }
  }

  @Test
  void a_subscription_that_is_never_acknowledged_is_not_held() throws FailureException {
    try (RawServer server = stateless((peer, _) -> endless(peer))) {
      assertThat(open(server, look()).hold(heard, look(500))).isNull();
    }
  }

  @Test
  void a_server_may_end_a_subscription_in_several_ways() throws Exception {
    record Ending(Server server, String told) {}
    for (Ending ending :
        new Ending[] {
          new Ending(
              (peer, request) ->
                  endless(peer, GRANTED, CHANGED, result(request, "{\"resultType\":\"complete\"}")),
              "ended: the server ended the subscription"),
          new Ending(
              (peer, request) ->
                  endless(
                      peer,
                      GRANTED,
                      CHANGED,
                      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
                          + id(request)
                          + "}}"),
              "ended: the server cancelled the subscription"),
          new Ending(
              (peer, request) -> endless(peer, GRANTED, CHANGED, error(request, -32603, "oh", "")),
              "ended: the server ended the subscription with error -32603: oh"),
          new Ending(
              (peer, _) -> {
                stream(peer);
                peer.chunk(event(GRANTED) + event(CHANGED));
                peer.finish();
              },
              "ended: the event stream broke"),
        }) {
      try (RawServer server = stateless(ending.server())) {
        Hold hold = hold(open(server, look()));
        if (hold != null) { // else the end came in one piece with the grant
          assertThat(heard.next()).isEqualTo("changed: TOOLS");
          assertThat(heard.next()).startsWith(ending.told());
          assertThat(hold.open()).isFalse();
        }
      }
    }
  }

  @Test
  void a_stateless_server_without_hints_offers_nothing_to_hold() throws FailureException {
    try (RawServer server =
        serving((peer, request) ->
            json(peer, 200, result(request, DISCOVERED.replace("\"listChanged\":true", ""))))) {
      assertThat(hold(open(server, look()))).isNull();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void an_undeclared_request_on_a_held_stream_is_noted_by_the_next_look() throws Exception {
    try (RawServer server =
        session((peer, _) ->
            endless(peer, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"roots/list\"}", CHANGED))) {
      Conversation conversation = open(server, SESSION, look());
      Hold hold = Objects.requireNonNull(hold(conversation));
      assertThat(heard.next()).isEqualTo("changed: TOOLS");
      Look look = look();
      conversation.list(ListKind.TOOLS, null, look);
      assertThat(kinds(look)).contains(FindingKind.UNDECLARED_REQUEST);
      hold.close();
    }
  }
}
