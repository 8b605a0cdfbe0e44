package dev.pharos.store;

import static dev.pharos.store.PostgresNodes.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cluster.Errand;
import dev.pharos.cluster.ErrandStore;
import dev.pharos.event.Bell;
import dev.pharos.fleet.ServerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one node asks another, and its answers. */
class PostgresErrandsTest {
  private final PostgresNodes nodes = PostgresNodes.open();
  private final ErrandStore a = nodes.a().sharing().errands();
  private final ErrandStore b = nodes.b().sharing().errands();
  private List<ServerId> servers = List.of();

  @BeforeEach
  void b_owns_both() {
    servers = nodes.register(2);
    nodes.b().sharing().owners().beat(node("b"));
    nodes.b().sharing().owners().take("b", 2, false);
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void the_owner_takes_it_once_and_the_answer_comes_back() {
    long first = a.ask(servers.get(0), Errand.Kind.CHECK);
    long second = a.ask(servers.get(1), Errand.Kind.RESET_CIRCUIT);
    assertThat(a.take("a")).isEmpty();
    assertThat(b.take("b"))
        .containsExactlyInAnyOrder(
            new Errand(first, servers.get(0), Errand.Kind.CHECK),
            new Errand(second, servers.get(1), Errand.Kind.RESET_CIRCUIT));
    assertThat(b.take("b")).isEmpty();
    assertThat(a.answers(List.of(first, second))).isEmpty();
    b.answer(first, "{\"x\":\"\u00e9\"}");
    assertThat(a.answers(List.of(first, second))).isEqualTo(Map.of(first, "{\"x\":\"\u00e9\"}"));
    b.answer(second, "");
    assertThat(a.answers(List.of(second))).containsEntry(second, "");
  }

  @Test
  void the_next_owner_takes_what_the_one_before_did_not_answer() {
    long open = a.ask(servers.get(0), Errand.Kind.CHECK);
    long answered = a.ask(servers.get(1), Errand.Kind.CHECK);
    b.take("b");
    b.answer(answered, "done");
    nodes.a().sharing().owners().inherit("c", "b");
    assertThat(b.take("b")).isEmpty();
    assertThat(b.take("c")).extracting(Errand::id).containsExactly(open);
    assertThat(b.take("c")).isEmpty();
  }

  @Test
  void what_nobody_waits_for_any_more_is_not_done() {
    a.ask(servers.getFirst(), Errand.Kind.CHECK);
    nodes.run("UPDATE %s.errands SET asked_at = asked_at - INTERVAL '6 minutes'");
    assertThat(b.take("b")).isEmpty();
    a.forget(Duration.ofMinutes(10));
    assertThat(nodes.number("SELECT COUNT(*) FROM %s.errands")).isOne();
    a.forget(Duration.ofMinutes(5));
    assertThat(nodes.number("SELECT COUNT(*) FROM %s.errands")).isZero();
  }

  @Test
  void with_a_server_go_its_errands_and_there_is_none_for_what_is_not_there() {
    a.ask(servers.getFirst(), Errand.Kind.CHECK);
    nodes.run("DELETE FROM %s.mcp_servers");
    assertThat(nodes.number("SELECT COUNT(*) FROM %s.errands")).isZero();
    assertThatThrownBy(() -> a.ask(servers.getFirst(), Errand.Kind.CHECK))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void the_bell_rings_at_both_ends() throws Exception {
    CountDownLatch listening = new CountDownLatch(2);
    Map<Long, String> heard = new java.util.concurrent.ConcurrentHashMap<>();
    try (Bell there = nodes.b().sharing().errandBell();
        Bell here = nodes.a().sharing().errandBell()) {
      there.listen(() -> {
        b.take("b").forEach(each -> b.answer(each.id(), "done"));
        listening.countDown();
      });
      here.listen(() -> listening.countDown());
      assertThat(listening.await(10, TimeUnit.SECONDS)).isTrue();
      long id = a.ask(servers.getFirst(), Errand.Kind.CHECK);
      Awaitility.await()
          .until(() -> {
            heard.putAll(a.answers(List.of(id)));
            return heard.containsKey(id);
          });
    }
  }
}
