package dev.pharos.store;

import static dev.pharos.store.PostgresNodes.id;
import static dev.pharos.store.PostgresNodes.ids;
import static dev.pharos.store.PostgresNodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cluster.Holding;
import dev.pharos.cluster.Node;
import dev.pharos.cluster.OwnerStore;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.testing.Fleets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who lives, and whose a server is, with two nodes that ask at the same time. */
class PostgresOwnersTest {
  private final PostgresNodes nodes = PostgresNodes.open();
  private final OwnerStore a = nodes.a().sharing().owners();
  private final OwnerStore b = nodes.b().sharing().owners();

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void a_beat_tells_of_all_by_the_clock_of_the_database() {
    a.beat(node("a"));
    nodes.silent("a", 4);
    List<Node> heard = b.beat(node("b"));
    assertThat(heard).extracting(Node::id).containsExactly("a", "b");
    assertThat(heard.getFirst().name()).isEqualTo("host-of-a");
    assertThat(heard.getFirst().startedAt()).isEqualTo(Fleets.NOON);
    assertThat(heard.getFirst().sinceSeen())
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(14));
    assertThat(heard.getLast().live()).isTrue();
    nodes.silent("a", 7);
    assertThat(b.beat(node("b")).getFirst().live()).isFalse();
    nodes.silent("a", 3_600);
    assertThat(b.beat(node("b"))).extracting(Node::id).containsExactly("b");
  }

  @Test
  void what_is_nobodys_is_taken_and_surveyed() {
    List<ServerId> servers = nodes.register(3);
    a.beat(node("a"));
    assertThat(ids(a.take("a", 2, false))).hasSize(2);
    assertThat(b.survey()).extracting(Holding::owner).containsExactlyInAnyOrder("a", "a", null);
    assertThat(b.survey()).extracting(Holding::server).containsExactlyInAnyOrderElementsOf(servers);
    assertThat(b.survey()).extracting(Holding::version).containsOnly(1L);
    assertThat(a.take("a", 9, false)).hasSize(1);
    assertThat(b.take("b", 9, false)).isEmpty();
  }

  @Test
  void those_that_are_due_first_are_taken_first() {
    List<ServerId> servers = nodes.register(3);
    for (int i = 0; i < 3; i++) {
      nodes.run(
          "UPDATE %%s.mcp_servers SET next_check_at = now() + INTERVAL '%d seconds' WHERE id = %d"
              .formatted(-i, servers.get(i).value()));
    }
    assertThat(ids(a.take("a", 1, false))).containsExactly(servers.get(2));
    assertThat(ids(a.take("a", 1, false))).containsExactly(servers.get(1));
  }

  @Test
  @Timeout(60)
  void two_that_take_at_the_same_time_never_get_the_same() throws Exception {
    List<ServerId> servers = nodes.register(200);
    a.beat(node("a"));
    b.beat(node("b"));
    CyclicBarrier together = new CyclicBarrier(4);
    List<ServerId> taken = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<ServerId>>> takers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        OwnerStore store = i % 2 == 0 ? a : b;
        String node = i % 2 == 0 ? "a" : "b";
        takers.add(threads.submit(() -> takeAll(store, node, together)));
      }
      for (Future<List<ServerId>> each : takers) {
        taken.addAll(each.get());
      }
    }
    assertThat(taken).containsExactlyInAnyOrderElementsOf(servers);
    assertThat(nodes.number("SELECT COUNT(*) FROM %s.mcp_servers WHERE owner IN ('a', 'b')"))
        .isEqualTo(200);
  }

  private static List<ServerId> takeAll(OwnerStore store, String node, CyclicBarrier together)
      throws Exception {
    together.await();
    List<ServerId> all = new ArrayList<>();
    // A round may find nothing but rows that others are taking: they are theirs then.
    for (List<Standing> some = store.take(node, 7, true);
        !some.isEmpty();
        some = store.take(node, 7, true)) {
      all.addAll(ids(some));
    }
    return all;
  }

  @Test
  void a_row_that_somebody_holds_is_passed_over_at_once() throws Exception {
    List<ServerId> servers = nodes.register(2);
    try (Connection console = DriverManager.getConnection(dev.pharos.testing.Postgres.url());
        Statement statement = console.createStatement()) {
      console.setAutoCommit(false);
      statement.execute(
          "SELECT 1 FROM %s.mcp_servers WHERE id = %d FOR UPDATE"
              .formatted(nodes.schema(), servers.getFirst().value()));
      assertThat(ids(a.take("a", 2, false))).containsExactly(servers.get(1));
      console.rollback();
    }
    assertThat(ids(a.take("a", 2, false))).containsExactly(servers.getFirst());
  }

  @Test
  void servers_of_the_dead_are_taken_only_when_that_is_asked_for() {
    nodes.register(2);
    a.beat(node("a"));
    a.take("a", 2, false);
    assertThat(b.take("b", 2, true)).isEmpty();
    nodes.silent("a", 8);
    assertThat(b.take("b", 2, true)).isEmpty();
    nodes.silent("a", 3);
    assertThat(b.take("b", 2, false)).isEmpty();
    assertThat(b.take("b", 2, true)).hasSize(2);
    assertThat(a.survey()).extracting(Holding::owner).containsOnly("b");
  }

  @Test
  void a_node_that_was_forgotten_is_dead_too() {
    nodes.register(1);
    a.take("never-heard-of", 1, false);
    assertThat(b.take("b", 1, true)).hasSize(1);
  }

  @Test
  void an_heir_has_all_and_the_node_before_is_gone() {
    nodes.register(3);
    a.beat(node("a"));
    b.beat(node("b"));
    a.take("a", 2, false);
    b.take("b", 1, false);
    a.inherit("a2", "a");
    assertThat(a.survey()).extracting(Holding::owner).containsExactlyInAnyOrder("a2", "a2", "b");
    assertThat(a.beat(node("a2"))).extracting(Node::id).containsExactly("a2", "b");
  }

  @Test
  void only_what_is_ones_own_is_given_back() {
    List<ServerId> servers = nodes.register(3);
    a.take("a", 2, false);
    List<ServerId> others = ids(b.take("b", 1, false));
    a.release("a", List.of());
    a.release("a", servers);
    assertThat(a.survey())
        .allSatisfy(each ->
            assertThat(each.owner()).isEqualTo(others.contains(each.server()) ? "b" : null));
  }

  @Test
  void who_leaves_leaves_nothing_behind() {
    nodes.register(3);
    a.beat(node("a"));
    b.beat(node("b"));
    a.take("a", 2, false);
    b.take("b", 1, false);
    a.leave("a");
    assertThat(a.survey()).extracting(Holding::owner).containsExactlyInAnyOrder(null, null, "b");
    assertThat(b.beat(node("b"))).extracting(Node::id).containsExactly("b");
    a.leave("a");
  }

  @Test
  void what_is_taken_is_as_the_one_before_wrote_it() {
    nodes.register(1);
    ServerId server = id(a.take("a", 1, false).getFirst());
    nodes.a().checks().write(List.of(StoreContract.good(server, Fleets.NOON)));
    a.release("a", List.of(server));
    Standing taken = b.take("b", 1, false).getFirst();
    assertThat(taken.seen().facts()).isEqualTo(Fleets.FACTS);
    assertThat(taken).isEqualTo(nodes.b().servers().byName("server-0").orElseThrow());
    assertThat(b.read(List.of(server, new ServerId(999)))).containsExactly(taken);
  }

  /** A single row that somebody spoiled must not keep a node from all others. */
  @Test
  void a_row_that_nobody_can_read_is_left_out() {
    List<ServerId> servers = nodes.register(2);
    nodes.run(
        "UPDATE %%s.mcp_servers SET url = 'no url at all' WHERE id = %d"
            .formatted(servers.getFirst().value()));
    assertThat(ids(a.take("a", 2, false))).containsExactly(servers.get(1));
    assertThat(ids(a.read(servers))).containsExactly(servers.get(1));
    nodes.run("UPDATE %s.mcp_servers SET url = 'https://toy.test/mcp'");
    assertThat(ids(a.read(servers))).isEqualTo(servers);
  }
}
