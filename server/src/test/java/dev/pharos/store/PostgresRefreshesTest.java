package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cluster.RefreshStore;
import dev.pharos.cluster.RefreshStore.State;
import dev.pharos.cluster.RefreshStore.Told;
import dev.pharos.cluster.RefreshStoreContract;
import dev.pharos.testing.Fleets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresRefreshesTest extends RefreshStoreContract {
  private static PostgresNodes nodes;

  @BeforeAll
  static void open() {
    nodes = PostgresNodes.open();
  }

  @AfterAll
  static void close() {
    nodes.close();
  }

  @BeforeEach
  void empty() {
    nodes.run("TRUNCATE %s.refreshes");
  }

  @Override
  protected RefreshStore store() {
    return nodes.a().sharing().refreshes();
  }

  @Test
  void of_a_node_that_says_nothing_any_more_nothing_runs() {
    RefreshStore b = nodes.b().sharing().refreshes();
    long id = store().begin("a", 7, Fleets.NOON).told().id();
    assertThat(b.find(id)).map(Told::state).contains(State.RUNNING);

    nodes.run("UPDATE %s.refreshes SET told_at = told_at - INTERVAL '11 seconds'");
    assertThat(b.find(id)).map(Told::state).contains(State.STOPPED);
    assertThat(b.begin("b", 7, Fleets.NOON).fresh()).isTrue();

    nodes.run("UPDATE %s.refreshes SET told_at = told_at - INTERVAL '1 day'");
    b.begin("b", 7, Fleets.NOON);
    assertThat(b.find(id)).isEmpty();
  }

  @Test
  void of_those_that_are_asked_for_at_once_one_is_made() throws Exception {
    List<Callable<Boolean>> askers =
        IntStream.range(0, 8)
            .<Callable<Boolean>>mapToObj(i ->
                () -> {
                  PostgresStores at = i % 2 == 0 ? nodes.a() : nodes.b();
                  return at.sharing().refreshes().begin("n" + i, 7, Fleets.NOON).fresh();
                })
            .toList();
    int fresh = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each : threads.invokeAll(askers)) {
        fresh += each.get() ? 1 : 0;
      }
    }
    assertThat(fresh).isOne();
  }
}
