package dev.pharos.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.testing.NothingLeftBehind;
import dev.pharos.testing.RawServer;
import dev.pharos.testing.TestCertificates;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What peers do on connections that nobody uses for the moment. */
@ExtendWith(NothingLeftBehind.class)
@Timeout(30)
@SuppressWarnings("try") // closing early is what is tested
final class IdleTest extends NetTest {
  /** Longer than a connection needs to be idle before it is watched. */
  private static final int WATCHED = 300;

  private final CountDownLatch next = new CountDownLatch(1);
  private final List<String> told = new CopyOnWriteArrayList<>();

  private RawServer server(boolean secure, RawServer.Script script) {
    return secure
        ? RawServer.tls(TestCertificates.VALID.server(), script)
        : RawServer.plain(script);
  }

  private static void ask(HttpConnection connection) throws Exception {
    try (HttpAnswer answer = connection.exchange(get("/"), look())) {
      assertThat(body(answer)).isEqualTo("hi");
    }
  }

  private static void rest() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(WATCHED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_end_is_told_at_once_and_once(boolean secure) throws Exception {
    RawServer.Script script =
        peer -> {
          peer.readRequest();
          peer.answer(200, "text/plain", "hi");
          peer.await(next);
        };
    try (RawServer server = server(secure, script);
        HttpConnection connection = dialer.dial(origin(server), look())) {
      connection.heed(told::add);
      ask(connection);
      rest();
      assertThat(told).isEmpty();
      next.countDown();

      await().until(() -> !told.isEmpty());

      assertThat(connection.reusable()).isFalse();
      connection.close();
      assertThat(told).singleElement().asString().contains("idle");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_connection_is_used_on_and_on_between_its_rests(boolean secure) throws Exception {
    RawServer.Script script =
        peer -> {
          while (true) {
            peer.readRequest();
            peer.answer(200, "text/plain", "hi");
          }
        };
    try (RawServer server = server(secure, script);
        HttpConnection connection = dialer.dial(origin(server), look())) {
      connection.heed(told::add);
      for (int i = 0; i < 3; i++) {
        // At first there is nothing to be read but a ticket for the next TLS session.
        rest();
        ask(connection);
        ask(connection);
      }
      assertThat(server.connections()).isEqualTo(1);
      assertThat(told).isEmpty();
      server.hangUp();
      await().until(() -> told.size() == 1);
    }
  }

  @Test
  void bytes_that_nobody_asked_for_are_an_end() throws Exception {
    try (RawServer server =
            RawServer.plain(peer -> {
              peer.readRequest();
              peer.answer(200, "text/plain", "hi");
              peer.await(next);
              peer.write("HTTP/1.1 408 Request Timeout\r\n\r\n");
              peer.hold();
            });
        HttpConnection connection = dialer.dial(origin(server), look())) {
      connection.heed(told::add);
      ask(connection);
      next.countDown();

      await().until(() -> told.size() == 1);

      await().until(() -> server.open() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_answer_whose_end_is_left_for_later_is_read_to_it(boolean secure) throws Exception {
    RawServer.Script script =
        peer -> {
          peer.readRequest();
          peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
          peer.await(next);
          peer.write("0\r\n\r\n");
          peer.hold();
        };
    try (RawServer server = server(secure, script);
        HttpConnection connection = dialer.dial(origin(server), look())) {
      HttpAnswer answer = leave(connection);
      connection.heed(told::add);
      rest();
      assertThat(connection.reusable()).isFalse();
      next.countDown();

      await().until(connection::reusable);

      assertThat(told).isEmpty();
      server.hangUp();
      await().until(() -> told.size() == 1);
      answer.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_peer_that_ends_before_the_end_that_was_left_for_later_is_told(boolean secure)
      throws Exception {
    RawServer.Script script =
        peer -> {
          peer.readRequest();
          peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
          peer.await(next);
        };
    try (RawServer server = server(secure, script);
        HttpConnection connection = dialer.dial(origin(server), look())) {
      connection.heed(told::add);
      HttpAnswer answer = leave(connection);
      rest();
      next.countDown();

      await().until(() -> told.size() == 1);

      answer.close();
    }
  }

  private static HttpAnswer leave(HttpConnection connection) throws Exception {
    HttpAnswer answer = connection.exchange(get("/"), look());
    assertThat(answer.read(new byte[2], 0, 2)).isEqualTo(2);
    answer.leave();
    return answer;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void our_own_end_is_told_to_nobody_and_frees_the_handle(boolean secure) throws Exception {
    RawServer.Script script =
        peer -> {
          peer.readRequest();
          peer.answer(200, "text/plain", "hi");
          peer.hold();
        };
    try (RawServer server = server(secure, script);
        HttpConnection connection = dialer.dial(origin(server), look());
        HttpConnection later = dialer.dial(origin(server), look())) {
      connection.heed(told::add);
      later.heed(told::add);
      ask(connection);
      ask(later);
      rest();
      connection.close();
      await().until(() -> server.open() == 1);
      later.heed(null);
      server.hangUp();
      rest();
      assertThat(told).isEmpty();
    }
  }

  @Test
  void many_come_and_go_at_once() throws Exception {
    try (RawServer server =
        RawServer.plain(peer -> {
          while (true) {
            peer.readRequest();
            peer.answer(200, "text/plain", "hi");
          }
        })) {
      List<HttpConnection> connections = new CopyOnWriteArrayList<>();
      for (int i = 0; i < 100; i++) {
        HttpConnection connection = dialer.dial(origin(server), look());
        connection.heed(told::add);
        connections.add(connection);
      }
      for (int round = 0; round < 12; round++) {
        for (HttpConnection connection : connections) {
          ask(connection);
        }
        TimeUnit.MILLISECONDS.sleep(round * 7L);
      }
      assertThat(server.connections()).isEqualTo(100);
      assertThat(told).isEmpty();
      connections.subList(0, 50).forEach(HttpConnection::close);
      await().until(() -> server.open() == 50);
      server.hangUp();
      await().until(() -> told.size() == 50);
    }
  }
}
