package dev.pharos.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pharos.definition.FleetFile;
import dev.pharos.field.Problem;
import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {
  private final RegistryFixture f = new RegistryFixture();

  @Test
  void a_dry_run_says_what_an_import_then_does() {
    f.add("{name: a, url: 'http://h/', tags: [x]}");
    f.add("{name: b, url: 'http://h/'}");
    FleetFile file =
        RegistryFixture.file(
            """
            servers:
              - {name: b, url: 'http://h/'}
              - {name: a, url: 'http://other/', tags: [x]}
              - {name: c, command: npx}
            """);

    ImportPlan plan = f.registry.plan(file);

    assertThat(plan.added()).containsExactly("c");
    assertThat(plan.changed()).containsExactly(new ImportPlan.Change("a", List.of("url")));
    assertThat(plan.unchanged()).containsExactly("b");
    assertThat(plan.removed()).isEmpty();
    assertThat(f.store.all()).hasSize(2);
    assertThat(f.registry.apply(file, false, "tester")).isEqualTo(plan);
    assertThat(f.registry.plan(file).changesNothing()).isTrue();
    assertThat(f.listener.heard)
        .containsExactly("added a", "added b", "changed a [ADDRESS]", "added c");
  }

  @Test
  void what_our_format_leaves_out_goes_back_to_its_default_but_status_stays() {
    f.add("{name: a, url: 'http://h/', tags: [x], status: inactive, maintenance: true}");

    f.registry.apply(RegistryFixture.file("servers: [{name: a, url: 'http://h/'}]"), false, "t");

    assertThat(f.stored("a").spec().tags()).isEmpty();
    assertThat(f.stored("a").status()).isEqualTo(AdminStatus.INACTIVE);
    assertThat(f.stored("a").maintenance()).isTrue();
  }

  @Test
  void what_a_clients_file_cannot_say_stays() {
    f.add("{name: a, url: 'http://h/', tags: [x], auth_type: bearer, auth_config: {token: t}}");

    ImportPlan plan =
        f.registry.apply(
            RegistryFixture.file(
                """
                {"mcpServers": {"a": {"type": "http", "url": "http://h/"}, "b": {"url": "http://i/"},
                  "needs": {"url": "http://h/${TOKEN}"}, "off": {"url": "http://h/", "disabled": true}}}
                """),
            false,
            "tester");

    assertThat(plan.added()).containsExactly("b");
    assertThat(plan.leftOut())
        .containsExactly(
            new Problem("needs", "is left out: it needs TOKEN"),
            new Problem("off", "is left out: it is disabled in the file"));
    assertThat(f.stored("a").spec().tags()).containsExactly("x");
  }

  @Test
  void a_file_with_a_problem_changes_nothing_unless_told_to() {
    FleetFile file =
        RegistryFixture.file(
            """
            servers:
              - {name: a, url: 'http://h/'}
              - {name: b, url: nonsense, colour: red}
              - {url: 'http://h/'}
              - {name: a, url: 'http://h/'}
              - 7
            """);

    Rejected rejected =
        catchThrowableOfType(Rejected.class, () -> f.registry.apply(file, false, "tester"));

    assertThat(rejected.problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "servers[1].colour",
            "servers[1].url",
            "servers[2].name",
            "servers[3].name",
            "servers[4]",
            "servers[4].name",
            "servers[4].url");
    assertThat(f.store.all()).isEmpty();
    assertThat(f.published).isEmpty();
    f.registry.apply(file, true, "tester");
    assertThat(f.listener.heard).containsExactly("added a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "just words",
        "[]",
        "servers: {a: {url: 'http://h/'}}",
        "servers: [{name: a, url: 'http://h/', url: 'http://i/'}]",
        "servers: [{name: &n a, url: 'http://h/', description: *n}]",
        "servers: [",
        "{\"mcpServers\": 7}",
        "port: 1\nservers: []",
        "\u0000"
      })
  void a_file_that_cannot_be_used_says_so(String text) {
    assertThat(RegistryFixture.file(text).problems()).isNotEmpty();
  }

  @Test
  void a_text_that_was_sent_sees_neither_variables_nor_files_of_this_machine() {
    FleetFile file =
        RegistryFixture.file(
            """
            {"mcpServers": {"a": {"url": "http://h/${HOME}"}, "b": {"url": "http://h/${file:/etc/hostname}"},
              "c": {"command": "x", "envFile": "/etc/hostname"}, "d": {"command": "x", "cwd": "${workspaceFolder}"}}}
            """);

    assertThat(file.documents()).isEmpty();
    assertThat(file.leftOut()).hasSize(4);
    f.registry.apply(
        RegistryFixture.file("servers: [{name: e, url: 'http://h/', description: '${env:HOME}'}]"),
        false,
        "tester");
    assertThat(f.stored("e").spec().description()).isEqualTo("${env:HOME}");
  }

  @Test
  void a_configuration_file_adds_changes_adopts_and_removes() {
    f.add("{name: mine, url: 'http://h/'}");
    f.add("{name: adopted, url: 'http://h/'}");
    reconcile("{name: a, url: 'http://h/'}", "{name: b, url: 'http://h/'}");

    ImportPlan plan = reconcile("{name: b, url: 'http://i/'}", "{name: adopted, url: 'http://h/'}");

    assertThat(plan.removed()).containsExactly("a");
    assertThat(plan.changed())
        .containsExactly(
            new ImportPlan.Change("b", List.of("url")),
            new ImportPlan.Change("adopted", List.of("managed_by")));
    assertThat(f.stored("adopted").managedBy()).isEqualTo("pharos.yaml");
    assertThat(f.stored("mine").managedBy()).isNull();
    assertThat(f.store.byName("a")).isEmpty();
    assertThat(f.listener.heard).endsWith("added a", "added b", "removed a", "changed b [ADDRESS]");
  }

  @Test
  void a_mere_import_does_not_change_what_a_file_owns() {
    reconcile("{name: a, url: 'http://h/'}");

    assertThat(f.registry.plan(RegistryFixture.file("servers: [{name: a, url: 'http://h/'}]")))
        .satisfies(plan -> assertThat(plan.problems()).isEmpty());
    assertThat(f.registry.plan(RegistryFixture.file("servers: [{name: a, url: 'http://i/'}]")))
        .satisfies(plan ->
            assertThat(plan.problems()).extracting(Problem::field).containsExactly("servers[0]"));
  }

  @Test
  void without_its_file_a_server_belongs_to_people_again() {
    reconcile("{name: a, url: 'http://h/'}");

    f.registry.release("tester");

    assertThat(f.listener.heard)
        .as("whoever shows servers hears it")
        .endsWith("changed a [COSMETIC]");
    assertThat(f.edit("a", "{description: x}").spec().description()).isEqualTo("x");
  }

  @Test
  void exporting_and_importing_again_changes_nothing() {
    long seed = new Random().nextLong();
    System.out.println("seed of the random fleets: " + seed);
    RandomFleet random = new RandomFleet(new Random(seed));
    for (int round = 0; round < 40; round++) {
      RegistryFixture fleet = new RegistryFixture();
      for (int i = 0; i < 25; i++) {
        fleet.registry.add(random.document("s" + i), "tester");
      }
      String text = fleet.registry.export();

      ImportPlan plan = fleet.registry.plan(FleetFile.parseForeign(text));

      assertThat(plan.problems()).as("seed %d", seed).isEmpty();
      assertThat(plan.changed()).as("seed %d", seed).isEmpty();
      assertThat(plan.unchanged()).as("seed %d", seed).hasSize(25);
      assertThat(text).doesNotContain("canary");
    }
  }

  @Test
  void what_the_circuit_gave_up_is_not_exported_as_disabled() {
    Server server = f.add("{name: a, url: 'http://h/'}");
    HealthMemory fresh = HealthMemory.fresh(RegistryFixture.NOW);
    Server inactive =
        new Server(
            new ServerId(1),
            server.spec(),
            AdminStatus.INACTIVE,
            null,
            false,
            server.createdAt(),
            server.updatedAt(),
            1);
    HealthMemory gaveUp =
        new HealthMemory(
            fresh.health(),
            fresh.since(),
            fresh.spanSince(),
            null,
            9,
            null,
            0,
            null,
            fresh.pace(),
            fresh.circuit(),
            fresh.circuitSince(),
            3,
            RegistryFixture.NOW,
            "why",
            null,
            9,
            false,
            false,
            false);

    assertThat(FleetFile.write(List.of(new Standing(inactive, gaveUp, seen()))))
        .doesNotContain("inactive");
    assertThat(FleetFile.write(List.of(new Standing(inactive, fresh, seen()))))
        .contains("inactive");
  }

  private static LastSeen seen() {
    return LastSeen.NOTHING;
  }

  private ImportPlan reconcile(String... servers) {
    String list = "servers:\n- " + String.join("\n- ", servers);
    return f.registry.reconcile(RegistryFixture.file(list), "pharos.yaml");
  }
}
