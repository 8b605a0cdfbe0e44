package dev.pharos.push;

import static dev.pharos.push.Happened.changed;
import static dev.pharos.push.Happened.checked;
import static dev.pharos.push.Happened.monitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.event.EventJson;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.http.WebFixture;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The live feed over a real WebSocket. */
class FeedTest {
  private WebFixture web;

  @BeforeEach
  void start() {
    web = new WebFixture();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      web.publish(changed("alpha"));
    }
  }

  private static String hello(int cursor) {
    return "{\"type\":\"hello\",\"cursor\":" + cursor + "}";
  }

  @Test
  void a_client_is_greeted_with_the_newest_cursor_and_hears_what_comes() {
    publish(3);
    try (FeedClient client = new FeedClient(web, "")) {
      assertThat(client.next()).hasToString(hello(3));
      StoredEvent event = web.publish(changed("beta"));
      assertThat(client.next()).hasToString(EventJson.write(event));
      publish(5);
      assertThat(client.ids(5)).containsExactly(5, 6, 7, 8, 9);
    }
  }

  @Test
  void with_a_cursor_it_first_hears_what_it_missed() {
    publish(700);
    try (FeedClient client = new FeedClient(web, "?cursor=2")) {
      assertThat(client.next()).hasToString(hello(2));
      publish(20);
      List<Integer> ids = client.ids(718);
      assertThat(ids.getFirst()).isEqualTo(3);
      assertThat(ids.getLast()).isEqualTo(720);
      assertThat(ids).isSorted().doesNotHaveDuplicates();
    }
    assertThat(web.push.counts().replayed()).isGreaterThanOrEqualTo(698);
  }

  @Test
  void while_others_publish_nothing_is_missed_and_nothing_comes_twice() throws Exception {
    publish(50);
    Thread publisher = Thread.ofVirtual().start(() -> publish(2_000));
    try (FeedClient one = new FeedClient(web, "?cursor=0");
        FeedClient other = new FeedClient(web, "?cursor=10")) {
      one.next();
      other.next();
      List<Integer> heard = one.ids(2_050);
      assertThat(heard.getFirst()).isEqualTo(1);
      assertThat(heard.getLast()).isEqualTo(2_050);
      assertThat(heard).isSorted().doesNotHaveDuplicates();
      assertThat(other.ids(2_040)).isEqualTo(heard.subList(10, 2_050));
    }
    publisher.join();
  }

  @ParameterizedTest
  @CsvSource({"4, false", "3, true", "0, true", "10, false", "11, true", "999, true"})
  void a_cursor_that_is_too_old_or_of_another_journal_is_reset(int cursor, boolean reset) {
    publish(10);
    web.fleet.cut(5);
    try (FeedClient client = new FeedClient(web, "?cursor=" + cursor)) {
      JsonNode hello = client.next();
      assertThat(hello.path("cursor").asInt()).isEqualTo(reset ? 10 : cursor);
      if (reset) {
        assertThat(client.next()).hasToString("{\"type\":\"reset\",\"cursor\":10}");
      }
      publish(1);
      int first = reset || cursor == 10 ? 11 : 5;
      assertThat(client.next().path("event_id").asInt()).isEqualTo(first);
    }
  }

  @Test
  void it_hears_only_of_what_it_asked_for() {
    try (FeedClient one = new FeedClient(web, "?servers=alpha,beta");
        FeedClient kind = new FeedClient(web, "?types=mcp_health_check,monitor_state");
        FeedClient both = new FeedClient(web, "?servers=beta&types=mcp_health_check")) {
      for (FeedClient each : List.of(one, kind, both)) {
        each.next();
      }
      web.publish(changed("alpha"));
      web.publish(changed("gamma"));
      web.publish(changed("beta"));
      web.publish(monitor("x"));
      web.bus.publish(List.of(new StoredEvent(0, checked("beta", 5))));

      assertThat(one.ids(3)).containsExactly(1, 3, 4);
      assertThat(one.next().path("event_id").isNull()).isTrue();
      assertThat(kind.next().path("type").asString()).isEqualTo("monitor_state");
      assertThat(kind.next().path("type").asString()).isEqualTo("mcp_health_check");
      assertThat(both.next().path("mcp_name").asString()).isEqualTo("beta");
    }
  }

  @Test
  void what_it_missed_is_narrowed_too() {
    web.publish(changed("alpha"));
    web.publish(changed("beta"));
    web.publish(changed("alpha"));
    try (FeedClient client = new FeedClient(web, "?cursor=0&servers=alpha")) {
      client.next();
      assertThat(client.ids(2)).containsExactly(1, 3);
    }
  }

  @Test
  void what_a_client_says_is_not_heard() {
    try (FeedClient client = new FeedClient(web, "")) {
      client.next();
      client.send("{\"type\":\"mcp_config_change\"}").join();
      publish(1);
      assertThat(client.next().path("event_id").asInt()).isEqualTo(1);
      CompletableFuture<WebSocket> tooLong = client.send("x".repeat(100_000));
      assertThat(client.closed).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(1009);
      tooLong.cancel(true);
    }
    gone();
  }

  private void gone() {
    Awaitility.await().untilAsserted(() -> assertThat(web.push.counts().webSockets()).isZero());
  }

  @Test
  void a_client_that_goes_without_a_word_is_forgotten() {
    try (FeedClient client = new FeedClient(web, "")) {
      client.next();
      assertThat(web.push.counts().webSockets()).isEqualTo(1);
      client.abort();
    }
    gone();
  }

  @Test
  void silence_is_broken_by_a_frame_with_the_cursor() {
    try (WebFixture quiet = new WebFixture(null, settings(Duration.ofMillis(40), 9));
        FeedClient client = new FeedClient(quiet, "")) {
      client.next();
      assertThat(client.next()).hasToString("{\"type\":\"keep_alive\",\"cursor\":0}");
      quiet.publish(changed("alpha"));
      JsonNode next = client.next();
      while (next.path("cursor").asInt(-1) == 0) {
        next = client.next();
      }
      assertThat(next.path("event_id").asInt()).isEqualTo(1);
      assertThat(client.next()).hasToString("{\"type\":\"keep_alive\",\"cursor\":1}");
    }
  }

  private static PushSettings settings(Duration keepAlive, int clients) {
    return new PushSettings(256, keepAlive, Duration.ofSeconds(10), clients);
  }

  @Test
  void when_it_is_full_nobody_else_is_let_in() {
    try (WebFixture small = new WebFixture(null, settings(Duration.ofSeconds(20), 1));
        FeedClient client = new FeedClient(small, "")) {
      client.next();
      assertThatThrownBy(() -> new FeedClient(small, "").close())
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              e -> assertThat(e.getResponse().statusCode()).isEqualTo(503));
    }
  }

  @Test
  void the_end_of_the_monitor_is_told() throws Exception {
    try (FeedClient client = new FeedClient(web, "")) {
      client.next();
      web.push.close();
      assertThat(client.closed.get(10, TimeUnit.SECONDS)).isEqualTo(Client.GOING_AWAY);
    }
    gone();
  }
}
