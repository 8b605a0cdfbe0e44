package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.event.EventJournal;
import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.registry.NameTaken;
import dev.pharos.registry.ServerStore;
import dev.pharos.registry.ServerStore.Written;
import dev.pharos.registry.StaleVersion;
import dev.pharos.testing.Fleets;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@code ServerStore} does. */
abstract class ServerStoreContract extends StoreContract {
  static Stream<ServerSpec> specs() {
    return Stream.concat(
        Stream.of(Fleets.plain("plain"), Fleets.full("full"), Fleets.process("process")),
        Stream.of(
                new Credentials.ApiKey("X-Key", new Secret("k")),
                new Credentials.Basic("user", new Secret("")),
                new Credentials.Headers(Map.of("A", new Secret("1"), "B", new Secret("2"))),
                new Credentials.OAuthClientCredentials(
                    "id", new Secret("s"), null, null, URI.create("https://a.test/token"), "a b"),
                new Credentials.OAuthClientCredentials(
                    "id", null, new Secret("PEM"), "ES256", null, null))
            .map(each -> Fleets.spec("it", Fleets.http(TransportChoice.SSE), each)));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void a_server_comes_back_as_it_was_registered(ServerSpec spec) {
    Standing written = registered(spec);
    assertThat(written.server().spec()).isEqualTo(spec);
    assertThat(written.server())
        .usingRecursiveComparison()
        .ignoringFields("id")
        .isEqualTo(Fleets.draft(spec));
    assertThat(written.memory()).isEqualTo(HealthMemory.fresh(NOON));
    assertThat(written.seen()).isEqualTo(LastSeen.NOTHING);
    reopen();
    assertThat(stores().servers().all()).containsExactly(written);
    assertThat(stores().checks().standings()).containsExactly(written);
    assertThat(stores().servers().byName(spec.name())).contains(written);
    assertThat(stores().servers().byName("other")).isEmpty();
  }

  @Test
  void a_server_begins_with_a_span_and_an_event() {
    Standing written = registered("a");
    assertThat(stores().history().spans(id(written), NOON, NOW))
        .containsExactly(new Span(SpanState.UNKNOWN, NOON, null, null));
    assertThat(stores().events().after(0, EventJournal.Filter.ALL, 10))
        .singleElement()
        .satisfies(each -> assertThat(each.event()).isEqualTo(Fleets.changed("a", "created")));
  }

  @Test
  void a_name_is_given_once() {
    registered("a");
    Standing b = registered("b");
    assertThatThrownBy(() -> registered("a")).isInstanceOf(NameTaken.class);
    Server renamed = with(b.server(), Fleets.plain("a"), 1);
    assertThatThrownBy(() -> update(renamed)).isInstanceOf(NameTaken.class);
    assertThat(stores().servers().all()).hasSize(2);
    assertThat(stores().events().newest()).isEqualTo(2);
  }

  @Test
  void a_number_is_never_given_twice() {
    Standing first = registered("a");
    stores().servers().delete(id(first), Fleets.changed("a", "deleted"));
    assertThat(id(registered("a")).value()).isGreaterThan(id(first).value());
  }

  @Test
  void an_edit_replaces_the_definition_and_leaves_what_was_seen() {
    Standing before = registered("a");
    write(good(id(before), NOON.plusSeconds(5)));
    Standing seen = read("a");
    Written written = update(with(before.server(), Fleets.full("renamed"), 1));
    Standing after = written.standing();
    assertThat(after).isEqualTo(read("renamed"));
    assertThat(after.server().spec()).isEqualTo(Fleets.full("renamed"));
    assertThat(after.server().version()).isEqualTo(2);
    assertThat(after.server().createdAt()).isEqualTo(NOON);
    assertThat(after.server().updatedAt()).isEqualTo(NOON.plusSeconds(9));
    assertThat(after.seen()).isEqualTo(seen.seen());
    assertThat(after.memory()).isEqualTo(seen.memory());
    assertThat(written.event().id()).isEqualTo(stores().events().newest());
    assertThat(stores().servers().byName("a")).isEmpty();
  }

  @Test
  void secrets_that_are_taken_away_are_gone() {
    Standing before = registered(Fleets.full("a"));
    update(with(before.server(), Fleets.plain("a"), 1));
    assertThat(read("a").server().spec()).isEqualTo(Fleets.plain("a"));
  }

  @Test
  void a_process_may_become_an_address() {
    Standing before = registered(Fleets.process("a"));
    update(with(before.server(), Fleets.full("a"), 1));
    assertThat(read("a").server().spec()).isEqualTo(Fleets.full("a"));
  }

  @Test
  void an_edit_of_an_older_version_is_refused() {
    Server server = registered("a").server();
    update(with(server, Fleets.full("a"), 1));
    assertThatThrownBy(() -> update(with(server, Fleets.plain("a"), 1)))
        .isInstanceOf(StaleVersion.class);
    assertThat(read("a").server().spec()).isEqualTo(Fleets.full("a"));
    assertThat(stores().events().newest()).isEqualTo(2);
  }

  @Test
  void an_edit_of_what_is_gone_is_refused() {
    Standing a = registered("a");
    stores().servers().delete(id(a), Fleets.changed("a", "deleted"));
    assertThatThrownBy(() -> update(a.server())).isInstanceOf(StaleVersion.class);
    assertThat(stores().servers().all()).isEmpty();
  }

  @Test
  void a_server_goes_with_all_its_history_and_no_other() {
    Standing a = registered("a");
    Standing b = registered("b");
    for (int i = 0; i < 50; i++) {
      Instant at = NOON.plusSeconds(i * 61L);
      write(good(id(a), at), bad(id(b), at));
    }
    assertThat(stores().servers().delete(id(a), Fleets.changed("a", "deleted"))).isPresent();
    assertThat(stores().servers().delete(id(a), Fleets.changed("a", "deleted"))).isEmpty();
    assertThat(stores().servers().all()).extracting(StoreContract::id).containsExactly(id(b));
    assertThat(counted("mcp_health_logs")).isEqualTo(50);
    assertThat(counted("mcp_status_spans")).isEqualTo(1);
    assertThat(counted("mcp_rollup_5m")).isEqualTo(10);
    assertThat(counted("mcp_rollup_1h")).isEqualTo(1);
    assertThat(counted("mcp_rollup_1d")).isEqualTo(1);
    assertThat(stores().history().logs(id(b), NOON, NOW, null, 100)).hasSize(50);
  }

  @Test
  void servers_are_registered_together_or_not_at_all() {
    List<Written> written = stores().servers().insert(drafts("c", "a", "b"));
    assertThat(written)
        .extracting(each -> each.event().event().server())
        .containsExactly("c", "a", "b");
    assertThat(written).extracting(each -> each.event().id()).isSorted();
    assertThat(stores().servers().all())
        .containsExactlyElementsOf(written.stream().map(Written::standing).toList());

    assertThatThrownBy(() -> stores().servers().insert(drafts("d", "a", "e")))
        .isInstanceOf(NameTaken.class);
    assertThat(stores().servers().all()).hasSize(3);
    assertThat(stores().events().newest()).isEqualTo(written.getLast().event().id());
  }

  @Test
  void a_whole_fleet_is_registered_together_or_not_at_all() {
    List<ServerSpec> specs =
        IntStream.range(0, 1_300)
            .mapToObj(i ->
                switch (i % 3) {
                  case 0 -> Fleets.plain("s" + i);
                  case 1 -> Fleets.full("s" + i);
                  default -> Fleets.process("s" + i);
                })
            .toList();
    String[] names = specs.stream().map(ServerSpec::name).toArray(String[]::new);
    assertThatThrownBy(() -> stores().servers().insert(drafts(specs, "s7")))
        .isInstanceOf(NameTaken.class)
        .hasMessageContaining("s7");
    assertThat(stores().servers().all()).isEmpty();
    assertThat(counted("mcp_status_spans")).isZero();
    assertThat(stores().events().newest()).isZero();

    List<Written> written = stores().servers().insert(drafts(specs));

    assertThat(written)
        .extracting(each -> each.standing().server().spec())
        .containsExactlyElementsOf(specs);
    assertThat(written).extracting(each -> each.event().event().server()).containsExactly(names);
    assertThat(stores().servers().all())
        .containsExactlyElementsOf(written.stream().map(Written::standing).toList());
    assertThat(counted("mcp_status_spans")).isEqualTo(1_300);
    assertThat(journal()).isEqualTo(written.stream().map(Written::event).toList());

    assertThatThrownBy(() -> stores().servers().insert(drafts("new", "s1299")))
        .isInstanceOf(NameTaken.class);
    assertThat(id(registered("new")).value())
        .isGreaterThan(id(written.getLast().standing()).value());
  }

  @Test
  void edits_and_new_servers_are_written_together_or_not_at_all() {
    List<Standing> before =
        stores().servers().insert(drafts("a", "b", "c")).stream().map(Written::standing).toList();
    long newest = stores().events().newest();
    List<ServerStore.Edit> edits = before.reversed().stream().map(each -> edit(each, 1)).toList();
    List<ServerStore.Edit> stale =
        Stream.concat(edits.stream().limit(2), Stream.of(edit(before.getFirst(), 2))).toList();
    assertThatThrownBy(() -> stores().servers().write(stale, drafts("d")))
        .isInstanceOf(StaleVersion.class);
    assertThatThrownBy(() -> stores().servers().write(edits, drafts("d", "b")))
        .isInstanceOf(NameTaken.class);
    assertThat(stores().servers().all()).isEqualTo(before);
    assertThat(stores().events().newest()).isEqualTo(newest);

    List<Written> written = stores().servers().write(edits, drafts("d", "e"));

    assertThat(written)
        .extracting(each -> each.standing().server().spec().name())
        .containsExactly("c", "b", "a", "d", "e");
    assertThat(written).extracting(each -> each.event().id()).isSorted();
    assertThat(written.subList(0, 3))
        .allSatisfy(each -> {
          assertThat(each.standing()).isEqualTo(read(each.standing().server().spec().name()));
          assertThat(each.standing().server().version()).isEqualTo(2);
          assertThat(each.standing().server().spec().tags()).isEqualTo(Fleets.full("x").tags());
        });
  }

  private static ServerStore.Edit edit(Standing before, long version) {
    String name = before.server().spec().name();
    return new ServerStore.Edit(
        with(before.server(), Fleets.full(name), version),
        NOON.plusSeconds(9),
        Fleets.changed(name, "updated"));
  }

  private List<StoredEvent> journal() {
    List<StoredEvent> all = new ArrayList<>();
    for (List<StoredEvent> some = events(0); !some.isEmpty(); some = events(all.getLast().id())) {
      all.addAll(some);
    }
    return all;
  }

  private List<StoredEvent> events(long after) {
    return stores().events().after(after, EventJournal.Filter.ALL, 1_000);
  }

  private static List<ServerStore.Draft> drafts(List<ServerSpec> specs, String... more) {
    return Stream.concat(specs.stream(), Arrays.stream(more).map(Fleets::plain))
        .map(ServerStoreContract::draft)
        .toList();
  }

  private static ServerStore.Draft draft(ServerSpec spec) {
    return new ServerStore.Draft(
        Fleets.draft(spec), HealthMemory.fresh(NOON), Fleets.changed(spec.name(), "created"));
  }

  private static List<ServerStore.Draft> drafts(String... names) {
    return drafts(List.of(), names);
  }

  @Test
  void an_inactive_server_is_registered_as_such() {
    Server draft = Fleets.draft(Fleets.plain("a"));
    Server inactive =
        new Server(
            draft.id(), draft.spec(), AdminStatus.INACTIVE, "fleet.yaml", true, NOON, NOON, 1);
    Standing written =
        stores()
            .servers()
            .insert(
                inactive,
                Fleets.memory(Health.UNKNOWN, NOON, false),
                Fleets.changed("a", "created"))
            .standing();
    assertThat(written.server().status()).isEqualTo(AdminStatus.INACTIVE);
    assertThat(written.server().managedBy()).isEqualTo("fleet.yaml");
    assertThat(written.server().maintenance()).isTrue();
    assertThat(stores().history().spans(id(written), NOON, NOW))
        .extracting(Span::state)
        .containsExactly(SpanState.INACTIVE);
  }

  /** The rows of a table, read around the ports. */
  abstract long counted(String table);

  private Written update(Server edited) {
    return stores()
        .servers()
        .update(edited, NOON.plusSeconds(9), Fleets.changed(edited.spec().name(), "updated"));
  }

  private static Server with(Server server, ServerSpec spec, long version) {
    return new Server(
        server.id(),
        spec,
        server.status(),
        server.managedBy(),
        server.maintenance(),
        server.createdAt(),
        server.updatedAt(),
        version);
  }
}
