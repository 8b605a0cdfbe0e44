package dev.pharos.store;

import static dev.pharos.store.StoreContract.bad;
import static dev.pharos.store.StoreContract.flip;
import static dev.pharos.store.StoreContract.good;
import static dev.pharos.store.StoreContract.telling;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.capability.CapabilityChange;
import dev.pharos.capability.Snapshot;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.SpanState;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.Postgres;
import dev.pharos.watch.CheckRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node writes of servers that are another's leaves nothing. */
class PostgresFenceTest {
  private static final Instant NOON = Fleets.NOON;

  private final PostgresNodes nodes = PostgresNodes.open();
  private List<ServerId> servers = List.of();

  @BeforeEach
  void both_own_one() {
    servers = nodes.register(2);
    take("a", servers.get(0));
    take("b", servers.get(1));
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void of_a_batch_only_what_is_ours_is_written() {
    List<String> before = remains(servers.get(1));
    assertThat(nodes.a().checks().write(List.of(all(0, 1), all(1, 1))))
        .singleElement()
        .satisfies(each -> assertThat(each.event().server()).isEqualTo("server-0"));
    assertThat(remains(servers.get(1))).isEqualTo(before);
    assertThat(remains(servers.get(0))).isNotEqualTo(before);
    assertThat(log(0)).isEqualTo(1);
    assertThat(rollups(0)).isEqualTo(3);
  }

  @Test
  void whose_server_nobody_is_writes_nothing_either() {
    nodes.a().sharing().owners().release("a", List.of(servers.getFirst()));
    List<String> before = remains(servers.getFirst());
    assertThat(nodes.a().checks().write(List.of(all(0, 1)))).isEmpty();
    assertThat(remains(servers.getFirst())).isEqualTo(before);
  }

  @Test
  void a_snapshot_of_anothers_server_is_not_kept() {
    FleetEvent event = new FleetEvent.AutoEnabled(NOON, "server-1", "back", 1);
    List<CapabilityChange> changes =
        List.of(new CapabilityChange(NOON, "tools", "added", "x", null, "{}"));
    long events = nodes.number("SELECT COUNT(*) FROM %s.events");
    for (PostgresStores each : List.of(nodes.a(), nodes.b())) {
      each.capabilities().save(servers.get(1), snapshot(), changes, event);
      boolean owner = each == nodes.b();
      assertThat(nodes.number("SELECT COUNT(*) FROM %s.mcp_capability_snapshots"))
          .isEqualTo(owner ? 1 : 0);
      assertThat(nodes.number("SELECT COUNT(*) FROM %s.mcp_capability_changes"))
          .isEqualTo(owner ? 1 : 0);
      assertThat(nodes.number("SELECT COUNT(*) FROM %s.events"))
          .isEqualTo(owner ? events + 1 : events);
    }
  }

  /** It slept while another took its server, looked at it and gave it back. */
  @Test
  void who_gets_a_server_back_goes_on_with_what_the_other_wrote() {
    nodes.a().checks().write(List.of(good(servers.getFirst(), NOON)));
    take("b", servers.getFirst());
    nodes.b().checks().write(List.of(bad(servers.getFirst(), NOON.plusSeconds(60))));
    assertThat(nodes.a().checks().write(List.of(all(0, 30)))).isEmpty();
    take("a", servers.getFirst());
    // Its clock is behind the other's: the row stands behind the newest all the same.
    nodes.a().checks().write(List.of(good(servers.getFirst(), NOON.plusSeconds(50))));
    assertThat(
            nodes.a().history().logs(servers.getFirst(), Instant.MIN, Instant.MAX, null, 9).stream()
                .map(each -> each.checkedAt()))
        .containsExactly(NOON.plusSeconds(60).plusNanos(1_000), NOON.plusSeconds(60), NOON);
  }

  /** A look with everything that it can leave. */
  private CheckRecord all(int server, int second) {
    Instant at = NOON.plusSeconds(second);
    FleetEvent event = new FleetEvent.AutoEnabled(at, "server-" + server, "back", 1);
    CheckRecord look = good(servers.get(server), at);
    return telling(flip(look, SpanState.UNKNOWN, SpanState.HEALTHY, at), event);
  }

  private static Snapshot snapshot() {
    return new Snapshot("hash", NOON, Fleets.capabilities("x"));
  }

  private void take(String node, ServerId server) {
    nodes.run(
        "UPDATE %%s.mcp_servers SET owner = '%s' WHERE id = %d".formatted(node, server.value()));
  }

  /** All that stands anywhere of a server. */
  private List<String> remains(ServerId server) {
    return Stream.of(
            "SELECT json_agg(s) FROM %1$s.mcp_servers s WHERE id = %2$d",
            "SELECT json_agg(s) FROM %1$s.mcp_server_facts s WHERE server_id = %2$d",
            "SELECT json_agg(s) FROM %1$s.mcp_health_logs s WHERE server_id = %2$d",
            "SELECT json_agg(s) FROM %1$s.mcp_status_spans s WHERE server_id = %2$d",
            "SELECT json_agg(s) FROM %1$s.mcp_rollup_5m s WHERE server_id = %2$d",
            "SELECT json_agg(s) FROM %1$s.mcp_rollup_1d s WHERE server_id = %2$d",
            "SELECT json_agg(e) FROM %1$s.events e JOIN %1$s.mcp_servers s ON e.mcp_name = s.name WHERE s.id = %2$d")
        .map(each -> Postgres.ask(each.formatted(nodes.schema(), server.value())))
        .toList();
  }

  private long log(int server) {
    return nodes.number(
        "SELECT COUNT(*) FROM %%s.mcp_health_logs WHERE server_id = %d"
            .formatted(servers.get(server).value()));
  }

  private long rollups(int server) {
    long id = servers.get(server).value();
    return Stream.of("5m", "1h", "1d")
        .mapToLong(each ->
            nodes.number(
                "SELECT COUNT(*) FROM %%s.mcp_rollup_%s WHERE server_id = %d".formatted(each, id)))
        .sum();
  }
}
