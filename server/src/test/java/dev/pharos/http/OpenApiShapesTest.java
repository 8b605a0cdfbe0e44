package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.capability.CapabilityChange;
import dev.pharos.capability.CapabilityStore.NumberedChange;
import dev.pharos.event.EventJson;
import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.history.Latency;
import dev.pharos.history.LogRow;
import dev.pharos.history.Rollup;
import dev.pharos.settings.RuntimeSettings;
import dev.pharos.testing.Fleets;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Holds real answers to the schemas of the description, both ways: whoever makes types of it finds
 * every property there is, and none that there is not.
 */
class OpenApiShapesTest {
  /** Where an answer comes from, and the name of its schema. */
  record Answer(String path, String schema) {}

  private static WebFixture web;
  private static Shape shape;

  @BeforeAll
  static void start() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(OpenApiShapesTest.class.getResourceAsStream("/openapi.yaml"))) {
      shape = new Shape(new YAMLMapper().readTree(in));
    }
    web = new WebFixture();
    web.snapshot = WebFixture.snapshot();
    web.add("alpha", ",\"overrides\":{\"fail_after\":3},\"headers\":{\"X-A\":\"secret\"}");
    web.add("down", "");
    web.fleet.saw(
        "down", Seen.after(Seen.NOW, Seen.refused("no"), Seen.refused("no")), Seen.lastSeen());
    web.add("{\"name\":\"process\",\"command\":\"toy\",\"args\":[\"-y\"],\"env\":{\"A\":\"b\"}}");
    web.changes.add(
        new NumberedChange(1, new CapabilityChange(Seen.NOW, "tools", "changed", "a", "{}", "{}")));
    for (int i = 1; i <= 2; i++) {
      web.history.logs.add(
          new LogRow(
              Seen.NOW.minusSeconds(i),
              Health.UNHEALTHY,
              Health.UNHEALTHY,
              5L,
              List.of(new StageTime(Stage.DNS, 5)),
              Seen.refusal("no"),
              3,
              "scheduled"));
    }
    web.history.spans.add(
        new Span(SpanState.UNHEALTHY, Seen.NOW.minusSeconds(9), null, Seen.refusal("no")));
    web.history.rollups.add(
        new Rollup(
            Seen.NOW,
            3,
            Map.of("refused", 1L),
            Map.of(SpanState.HEALTHY, 1.0),
            5,
            5,
            5,
            new long[Latency.BUCKETS]));
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void an_answer_has_the_shape_that_is_described(Answer answer) {
    shape.hold(web.ok(answer.path()), answer.schema());
  }

  static Stream<Answer> answers() {
    String alpha = "/api/v1/servers/alpha";
    return Stream.of(
        new Answer(alpha, "Server"),
        new Answer("/api/v1/servers/down", "Server"),
        new Answer("/api/v1/servers/process", "Server"),
        new Answer("/api/v1/servers?limit=1", "ServerList"),
        new Answer("/api/v1/summary", "Summary"),
        new Answer(alpha + "/logs?limit=1", "LogList"),
        new Answer(alpha + "/spans", "SpanList"),
        new Answer(alpha + "/uptime", "Uptime"),
        new Answer(alpha + "/history", "History"),
        new Answer(alpha + "/capabilities", "Capabilities"),
        new Answer(alpha + "/capabilities/changes", "ChangeList"),
        new Answer("/api/v1/events", "EventList"),
        new Answer("/api/v1/events?cursor=0", "EventList"),
        new Answer("/api/v1/servers/check/7", "Refresh"),
        new Answer("/health/live", "Liveness"),
        new Answer("/health/ready", "Readiness"),
        new Answer("/api/v1/mcp/tools/health/down", "OlderHealth"));
  }

  @Test
  void nothing_is_described_that_never_comes_and_nothing_left_open_that_always_does() {
    answers().forEach(each -> shape.hold(web.ok(each.path()), each.schema()));
    holdResults();
    holdSettings();
    assertThat(holdEvents()).isNotEmpty();

    shape.complete();
  }

  @Test
  void results_have_it_whatever_was_seen() {
    holdResults();
  }

  private static void holdResults() {
    web.looks.outcome = Seen.passed();
    shape.hold(web.ok("POST", "/api/v1/servers/alpha/check", null), "Result");
    web.looks.outcome = Fleets.impaired(Seen.NOW, 5);
    shape.hold(
        web.ok("POST", "/api/v1/servers/discover", "{\"url\":\"http://h.test/\"}"), "Result");
    web.looks.outcome = Fleets.failed(Seen.NOW, Fleets.REFUSED);
    shape.hold(web.ok("POST", "/api/v1/servers/alpha/check", null), "Result");
    shape.hold(web.ok("POST", "/api/v1/servers/alpha/tools/x/call", null), "ToolAnswer");
  }

  @Test
  void changes_of_what_is_managed_have_it() {
    shape.hold(
        web.ok("POST", "/api/v1/import?dry_run=true", "{\"servers\":[{\"name\":\"x\"}]}"),
        "ImportPlan");
    shape.hold(WebFixture.json(web.send("POST", "/api/v1/servers", "{\"name\":\"x\"}")), "Problem");
    shape.hold(WebFixture.json(web.get("/nowhere")), "Problem");
  }

  @Test
  void each_group_of_settings_has_it() {
    holdSettings();
  }

  private static void holdSettings() {
    for (String key : RuntimeSettings.keys()) {
      JsonNode group = web.ok("/api/v1/config/" + key);
      shape.hold(group, shape.settingsSchema(key));
    }
  }

  @Test
  void each_kind_of_event_has_it() {
    assertThat(holdEvents()).isEqualTo(shape.eventTypes());
  }

  private static Set<String> holdEvents() {
    List<FleetEvent> all =
        List.of(
            new FleetEvent.StatusChanged(
                Seen.NOW, "a", Health.HEALTHY, Health.UNHEALTHY, Fleets.REFUSED, 3, 5L, 2),
            new FleetEvent.Checked(
                Seen.NOW, "a", Health.UNHEALTHY, Seen.NOW, 5L, 3, Fleets.REFUSED),
            new FleetEvent.AutoDisabled(Seen.NOW, "a", "gave up", 3),
            new FleetEvent.AutoEnabled(Seen.NOW, "a", "came back", 3),
            new FleetEvent.CircuitChanged(
                Seen.NOW, "a", CircuitState.CLOSED, CircuitState.OPEN, 5, 5, 0, "open"),
            new FleetEvent.CapabilitiesChanged(
                Seen.NOW, "a", Map.of("tools", List.of("x")), Map.of(), Map.of(), "ab12"),
            new FleetEvent.ConfigChanged(Seen.NOW, "a", "updated", List.of("url"), "me"),
            new FleetEvent.MonitorChanged(Seen.NOW, "blind", "our network is down"));
    var types = new TreeSet<String>();
    for (FleetEvent event : all) {
      ObjectNode json =
          (ObjectNode) WebFixture.JSON.readTree(EventJson.write(new StoredEvent(7, event)));
      shape.hold(json, shape.eventSchema(json.path("type").asString()));
      types.add(json.path("type").asString());
    }
    return types;
  }
}
