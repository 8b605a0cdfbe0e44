package dev.pharos.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.Standing;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTest {
  private final RegistryFixture f = new RegistryFixture();

  @Test
  void a_new_server_is_stored_published_and_told() {
    Standing added =
        f.registry.add(RegistryFixture.document("{name: a, url: 'http://h/'}"), "tester");

    assertThat(added.server().version()).isEqualTo(1);
    assertThat(added.server().createdAt()).isEqualTo(RegistryFixture.NOW);
    assertThat(added.memory().active()).isTrue();
    assertThat(f.published).isEqualTo(f.store.events());
    assertThat(f.published)
        .extracting(event -> event.event())
        .containsExactly(
            new FleetEvent.ConfigChanged(RegistryFixture.NOW, "a", "created", List.of(), "tester"));
    assertThat(f.listener.heard).containsExactly("added a");
  }

  @Test
  void a_server_may_be_inactive_or_in_maintenance_from_the_start() {
    f.add("{name: a, url: 'http://h/', status: inactive, maintenance: true}");

    HealthMemory memory = f.store.byName("a").orElseThrow().memory();
    assertThat(memory.active()).isFalse();
    assertThat(memory.maintenance()).isTrue();
    assertThat(f.stored("a").status()).isEqualTo(AdminStatus.INACTIVE);
  }

  @Test
  void a_taken_name_is_one_problem_among_the_others() {
    f.add("{name: a, url: 'http://h/'}");

    Rejected rejected = rejected(() -> f.add("{name: ' a ', url: nonsense}"));

    assertThat(rejected.reason()).isEqualTo(Rejected.Reason.INVALID);
    assertThat(rejected.problems()).extracting(problem -> problem.field()).contains("url", "name");
    assertThat(f.store.all()).hasSize(1);
    assertThat(f.published).hasSize(1);
    assertThat(f.listener.heard).hasSize(1);
  }

  /** An edit, what the listener hears, and the fields of the event. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {description: x}|changed a [COSMETIC]|updated [description]
          {tags: [x], meta_data: {k: v}}|changed a [COSMETIC]|updated [tags, meta_data]
          {url: 'http://other/'}|changed a [ADDRESS]|updated [url]
          {protocol: sse}|changed a [ADDRESS]|updated [protocol]
          {era: session}|changed a [ADDRESS]|updated [era]
          {auth_config: {token: other}}|changed a [CREDENTIALS]|updated [auth_config]
          {auth_type: none}|changed a [CREDENTIALS]|updated [auth_type, auth_config]
          {headers: {X-A: y}}|changed a [CREDENTIALS]|updated [headers]
          {timeout_seconds: 7}|changed a [TIMEOUT]|updated [timeout_seconds]
          {expect: auth_challenge}|changed a [EXPECTATION]|updated [expect]
          {overrides: {fail_after: 4}}|changed a [RHYTHM]|updated [overrides]
          {can_auto_enable: false}|changed a [RHYTHM]|updated [can_auto_enable]
          {name: b}|changed b [NAME]|updated [name]
          {status: inactive}|disabled a|disabled [status]
          {maintenance: true}|maintenance a true|updated [maintenance]
          """)
  void an_edit_says_what_it_touched(String patch, String heard, String event) {
    f.add("{name: a, url: 'http://h/', auth_type: bearer, auth_config: {token: canary}}");

    Server edited = f.edit("a", patch);

    assertThat(edited.version()).isEqualTo(2);
    assertThat(f.listener.heard).containsExactly("added a", heard);
    FleetEvent.ConfigChanged last = (FleetEvent.ConfigChanged) f.published.getLast().event();
    assertThat(last.change() + " " + last.fields()).isEqualTo(event);
    assertThat(last.toString()).doesNotContain("canary");
  }

  @Test
  void an_edit_that_changes_nothing_leaves_no_trace() {
    f.add("{name: a, url: 'http://h/', auth_type: bearer, auth_config: {token: canary}}");

    Server same = f.edit("a", "{url: 'http://h/', auth_config: {token: '••••'}, tags: []}");

    assertThat(same.version()).isEqualTo(1);
    assertThat(f.published).hasSize(1);
    assertThat(f.listener.heard).containsExactly("added a");
  }

  @Test
  void a_stale_version_and_an_unknown_name_are_told_apart() {
    f.add("{name: a, url: 'http://h/'}");
    f.edit("a", "{description: x, version: 1}");

    assertThat(rejected(() -> f.edit("a", "{description: y, version: 1}")).reason())
        .isEqualTo(Rejected.Reason.STALE);
    assertThat(rejected(() -> f.edit("b", "{description: y}")).reason())
        .isEqualTo(Rejected.Reason.UNKNOWN);
    assertThat(f.stored("a").spec().description()).isEqualTo("x");
  }

  @Test
  void a_server_cannot_take_the_name_of_another() {
    f.add("{name: a, url: 'http://h/'}");
    f.add("{name: b, url: 'http://h/'}");

    Rejected rejected = rejected(() -> f.edit("a", "{name: b, timeout_seconds: 0}"));

    assertThat(rejected.problems())
        .extracting(problem -> problem.field())
        .containsExactlyInAnyOrder("name", "timeout_seconds");
  }

  @Test
  void enabling_and_disabling_count_once() {
    f.add("{name: a, url: 'http://h/'}");

    f.registry.enable("a", "tester");
    f.registry.disable("a", "tester");
    f.store.remember("a", inactive(f.store.byName("a").orElseThrow().memory()));
    f.registry.disable("a", "tester");
    f.registry.enable("a", "tester");
    f.registry.maintenance("a", true, "tester");
    f.registry.maintenance("a", true, "tester");
    f.registry.resetCircuit("a");

    assertThat(f.listener.heard)
        .containsExactly("added a", "disabled a", "enabled a", "maintenance a true", "reset a");
  }

  @Test
  void what_the_circuit_gave_up_can_be_enabled_though_nobody_disabled_it() {
    f.add("{name: a, url: 'http://h/'}");
    f.store.remember("a", inactive(f.store.byName("a").orElseThrow().memory()));

    f.registry.enable("a", "tester");

    assertThat(f.listener.heard).containsExactly("added a", "enabled a");
  }

  @Test
  void a_removed_server_is_gone() {
    f.add("{name: a, url: 'http://h/'}");

    f.registry.remove("a", "tester");

    assertThat(f.store.all()).isEmpty();
    assertThat(f.listener.heard).containsExactly("added a", "removed a");
    assertThat(rejected(() -> remove("a")).reason()).isEqualTo(Rejected.Reason.UNKNOWN);
  }

  @Test
  void what_a_file_owns_is_locked_but_for_operating_it() {
    f.registry.reconcile(
        RegistryFixture.file("servers: [{name: a, url: 'http://h/'}]"), "pharos.yaml");

    Rejected rejected = rejected(() -> f.edit("a", "{description: x}"));
    assertThat(rejected.reason()).isEqualTo(Rejected.Reason.LOCKED);
    assertThat(rejected.problems().getFirst().message()).contains("pharos.yaml");
    assertThat(rejected(() -> remove("a")).reason()).isEqualTo(Rejected.Reason.LOCKED);
    f.edit("a", "{maintenance: true}");
    f.registry.disable("a", "tester");
    assertThat(f.stored("a").status()).isEqualTo(AdminStatus.INACTIVE);
  }

  @Test
  void an_unsaved_server_gives_a_target_and_saves_nothing() {
    assertThat(f.registry.draft(RegistryFixture.document("{url: 'http://h/'}")).timeout())
        .hasSeconds(30);
    assertThat(rejected(() -> f.registry.draft(RegistryFixture.document("{}"))).problems())
        .extracting(problem -> problem.field())
        .containsExactly("url");
    assertThat(f.store.all()).isEmpty();
  }

  @Test
  void a_name_from_outside_is_shown_without_control_characters() {
    assertThat(rejected(() -> remove("a\n\u001b[31m")).getMessage()).doesNotContain("\n", "\u001b");
  }

  @Test
  void of_many_edits_at_once_each_counts() throws Exception {
    f.add("{name: a, url: 'http://h/'}");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Server>> edits =
          IntStream.range(0, 50)
              .<Callable<Server>>mapToObj(i -> () -> f.edit("a", "{description: 'd" + i + "'}"))
              .toList();
      for (Future<Server> edit : threads.invokeAll(edits)) {
        edit.get();
      }
    }

    assertThat(f.stored("a").version()).isEqualTo(51);
    assertThat(f.published).isEqualTo(f.store.events());
  }

  private Server remove(String name) {
    f.registry.remove(name, "tester");
    return f.stored(name);
  }

  private static HealthMemory inactive(HealthMemory m) {
    return new HealthMemory(
        m.health(),
        m.since(),
        m.spanSince(),
        m.reason(),
        m.failuresInRow(),
        m.firstFailureAt(),
        m.successesInRow(),
        m.firstSuccessAt(),
        m.pace(),
        m.circuit(),
        m.circuitSince(),
        m.failureCycles(),
        m.autoDisabledAt(),
        m.autoDisabledReason(),
        m.lastLookAt(),
        m.errorCount(),
        false,
        m.maintenance(),
        m.blind());
  }

  private static Rejected rejected(Callable<?> work) {
    return catchThrowableOfType(Rejected.class, work::call);
  }
}
