package dev.pharos.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.definition.FleetFile;
import dev.pharos.definition.ServerDocument;
import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Item;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.probe.Called;
import dev.pharos.probe.KeptSession;
import dev.pharos.probe.WatchListener;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Finding;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.TransportKind;
import dev.pharos.trace.WireTap;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The toy fleet as Pharos sees it. */
class DemoFleetTest extends DemoTest {
  private static final Duration FIRST_FALL = Duration.ofSeconds(30);
  private static final Duration DOWN = Duration.ofSeconds(20);
  private static final Duration UP = Duration.ofSeconds(70);

  /** Keeps what a watch heard. */
  private record Heard(BlockingQueue<String> ends, BlockingQueue<String> changes)
      implements WatchListener {
    Heard() {
      this(new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
    }

    @Override
    public void ended(String detail) {
      ends.add(detail);
    }

    @Override
    public void idleEnded(String detail) {}

    @Override
    public void listChanged(String list) {
      changes.add(list);
    }
  }

  @Test
  void there_are_eight_servers_that_can_be_registered() {
    FleetFile file = file(fleet);
    assertThat(file.problems()).isEmpty();
    assertThat(file.documents())
        .extracting(ServerDocument::name)
        .containsExactly(
            "weather", "search", "archive", "notes", "flaky", "slow", "drifting", "vault");
    for (String name : names(fleet)) {
      ServerSpec spec = spec(name);
      assertThat(spec.description()).isNotBlank();
      assertThat(spec.tags()).contains("demo");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "weather,  STREAMABLE_HTTP, 2025-11-25,  6,  1,  2,  1, Weather Desk",
    "search,   STREAMABLE_HTTP, 2026-07-28, 12,  1,  1,  0, Library Search",
    "archive,  SSE,             2024-11-05,  4, -1,  1,  0, Letter Archive",
    "notes,    STDIO,           2025-06-18,  6,  2,  1,  0, Notes",
    "flaky,    STREAMABLE_HTTP, 2025-06-18,  5, -1, -1, -1, Harbour Traffic",
    "slow,     STREAMABLE_HTTP, 2025-03-26,  5, -1,  1,  0, Report Mill",
    "drifting, STREAMABLE_HTTP, 2025-11-25,  5, -1, -1, -1, Shop Floor",
    "vault,    STREAMABLE_HTTP, 2025-06-18,  8, -1, -1, -1, Secrets Vault"
  })
  void each_is_healthy_and_of_its_kind(
      String name,
      TransportKind transport,
      String revision,
      int tools,
      int prompts,
      int resources,
      int templates,
      String title) {
    Target target = target(name);
    Observation seen =
        healthy(name.equals("vault") ? with(target, DemoFleet.TOKEN, Map.of()) : target);
    assertThat(seen.facts().transport()).isEqualTo(transport);
    assertThat(seen.facts().protocolVersion()).isEqualTo(revision);
    assertThat(seen.counts()).isEqualTo(new Counts(tools, prompts, resources, templates));
    assertThat(Objects.requireNonNull(seen.facts().serverInfo()).title()).isEqualTo(title);
    assertThat(seen.facts().instructions()).isNotBlank();
    List<FindingKind> expected =
        name.equals("archive") ? List.of(FindingKind.DEPRECATED_TRANSPORT) : List.of();
    assertThat(seen.findings()).extracting(Finding::kind).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"weather", "search", "archive", "notes", "flaky", "slow", "drifting", "vault"})
  void every_tool_can_be_called(String name) throws InterruptedException {
    Target target = with(target(name), DemoFleet.TOKEN, Map.of());
    List<Item> tools = Objects.requireNonNull(capabilities(target).tools());
    for (Item tool : tools) {
      Called called = prober.call(target, tool.key(), sample(tool), target.timeout());
      assertThat(called.failure()).as(tool.key()).isNull();
      assertThat(called.isError()).as(tool.key()).isEqualTo(tool.key().equals("call_pilot"));
      assertThat(text(called)).as(tool.key()).isNotBlank().doesNotContain("{", "}");
    }
  }

  private Capabilities capabilities(Target target) {
    return Objects.requireNonNull(healthy(target).capabilities());
  }

  private static String text(Called called) {
    JsonNode result = JsonMapper.shared().readTree(Objects.requireNonNull(called.resultJson()));
    return result.path("content").path(0).path("text").asString();
  }

  /** Arguments that fit the tool's schema: those that are required. */
  private static String sample(Item tool) {
    JsonNode schema = JsonMapper.shared().readTree(tool.json()).path("inputSchema");
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    for (JsonNode name : schema.path("required")) {
      JsonNode property = schema.path("properties").path(name.asString());
      switch (property.path("type").asString()) {
        case "integer" -> arguments.put(name.asString(), 7);
        case "number" -> arguments.put(name.asString(), 1.5);
        default ->
            arguments.put(name.asString(), property.path("enum").path(0).asString("anything"));
      }
    }
    return arguments.toString();
  }

  @Test
  void an_argument_that_is_missing_and_a_tool_that_is_not_there_are_said_so() {
    Called called = prober.call(target("weather"), "get_forecast", "{}", Duration.ofSeconds(10));
    assertThat(called.isError()).isTrue();
    assertThat(text(called)).isEqualTo("The argument place is missing.");
    Called none = prober.call(target("weather"), "no_tool", "{}", Duration.ofSeconds(10));
    assertThat(Objects.requireNonNull(none.failure()).kind()).isEqualTo(FailureKind.TOOL_UNKNOWN);
  }

  @Test
  void arguments_stand_in_the_answer() {
    String arguments = "{\"place\":\"Ulm\",\"days\":5}";
    Called called =
        prober.call(target("weather"), "get_forecast", arguments, Duration.ofSeconds(10));
    assertThat(text(called)).startsWith("Ulm, next 5 days: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"weather", "search", "archive", "notes", "flaky", "slow", "drifting"})
  void each_offers_something_to_hold(String name) {
    try (KeptSession session = prober.keep(target(name))) {
      passed(look(session));
      assertThat(session.watch(new Heard())).isTrue();
      time.advance(Duration.ofSeconds(16)); // a sign of life on the stream disturbs nobody
      passed(look(session));
      assertThat(session.watched()).isTrue();
    }
  }

  @Test
  void flaky_goes_away_and_comes_back() throws InterruptedException {
    Heard heard = new Heard();
    try (KeptSession session = prober.keep(target("flaky"))) {
      for (int round = 0; round < 3; round++) {
        passed(look(session));
        assertThat(session.watch(heard)).isTrue();
        time.advance(round == 0 ? FIRST_FALL : UP);
        assertThat(heard.ends().poll(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(failed(look(session)).kind()).isEqualTo(FailureKind.REFUSED);
        time.advance(DOWN);
      }
      passed(look(session));
    }
  }

  @Test
  void slow_thinks_about_its_tools_for_longer_than_its_threshold() {
    ServerSpec spec = spec("slow");
    healthy(spec.target());
    assertThat(thoughts).hasSize(1);
    assertThat(thoughts.element())
        .isGreaterThan(Objects.requireNonNull(spec.overrides().slowAfter()))
        .isBetween(Duration.ofMillis(1_200), Duration.ofMillis(2_500));
  }

  @Test
  void drifting_changes_its_tools_each_minute_and_says_so() throws InterruptedException {
    Heard heard = new Heard();
    List<Integer> counts = new ArrayList<>();
    try (KeptSession session = prober.keep(target("drifting"))) {
      counts.add(passed(look(session)).counts().tools());
      assertThat(session.watch(heard)).isTrue();
      for (Duration wait : List.of(Duration.ofSeconds(40), Duration.ofSeconds(60), UP, UP)) {
        time.advance(wait);
        assertThat(heard.changes().poll(10, TimeUnit.SECONDS)).isEqualTo("tools");
        Observation seen = passed(look(session));
        assertThat(seen.changed()).isTrue();
        counts.add(seen.counts().tools());
      }
    }
    assertThat(counts).containsExactly(5, 6, 3, 5, 5);
  }

  @Test
  void vault_opens_to_its_token_alone() {
    Target vault = target("vault");
    assertThat(failure(vault).kind()).isEqualTo(FailureKind.AUTH_REQUIRED);
    assertThat(failure(with(vault, "another-token", Map.of())).kind())
        .isEqualTo(FailureKind.AUTH_REJECTED);
    assertThat(spec("vault").description()).contains(DemoFleet.TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"weather", "search", "archive"})
  void pages_of_other_sites_are_kept_out(String name) {
    Map<String, Secret> origin = Map.of("Origin", new Secret("http://other.test"));
    assertThat(failure(with(target(name), "any-token", origin)).kind())
        .isEqualTo(FailureKind.FORBIDDEN);
  }

  @Test
  void where_a_port_is_taken_a_free_one_does() throws IOException {
    URI taken = url(target("weather"));
    try (DemoFleet second =
        DemoFleet.start(taken.getPort(), time::later, new SplittableRandom(2))) {
      Target other = spec(second, "weather").target();
      assertThat(url(other)).isNotEqualTo(taken);
      healthy(other);
      healthy(target("weather"));
    }
  }

  private static URI url(Target target) {
    return ((Transport.Http) target.transport()).url();
  }

  @Test
  void nobody_answers_once_it_is_closed() {
    Target weather = target("weather");
    healthy(weather);
    fleet.close();
    fleet.close();
    time.advance(Duration.ofMinutes(5)); // nothing rises again
    for (String name : List.of("weather", "search", "archive", "flaky")) {
      assertThat(failure(target(name)).kind()).isEqualTo(FailureKind.REFUSED);
    }
  }

  @Test
  void in_real_time_slow_is_slow() throws IOException {
    try (DemoFleet real = DemoFleet.start()) {
      Observation seen = passed(prober.look(spec(real, "slow").target(), WireTap.none()));
      assertThat(seen.tookMicros()).isGreaterThan(1_000_000);
    }
  }
}
