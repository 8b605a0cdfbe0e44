package dev.pharos.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Severity;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.Fleets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The public form of events, field by field. */
class EventJsonTest {
  private static final Instant AT = Instant.parse("2026-11-01T12:00:00.000123Z");

  static Stream<Arguments> events() {
    return Stream.of(
        Arguments.of(
            new FleetEvent.StatusChanged(
                AT, "a", Health.HEALTHY, Health.UNHEALTHY, Fleets.REFUSED, 20, 1_234L, 7),
            """
            {"type":"mcp_status_change","event_id":5,"timestamp":"2026-11-01T12:00:00.000123Z",\
            "mcp_name":"a","severity":"high","old_status":"healthy","new_status":"unhealthy",\
            "reason":"127.0.0.1:9 refused the connection","stage":"connect","kind":"refused",\
            "tool_count":20,"response_time_ms":1.234,"error_count":7}\
            """),
        Arguments.of(
            new FleetEvent.StatusChanged(
                AT, "a", Health.UNKNOWN, Health.HEALTHY, null, null, null, 0),
            """
            {"type":"mcp_status_change","event_id":5,"timestamp":"2026-11-01T12:00:00.000123Z",\
            "mcp_name":"a","severity":"info","old_status":"unknown","new_status":"healthy",\
            "reason":null,"stage":null,"kind":null,\
            "tool_count":null,"response_time_ms":null,"error_count":0}\
            """),
        Arguments.of(
            new FleetEvent.Checked(
                AT, "a", Health.DEGRADED, AT.plusSeconds(60), 5L, 1, Fleets.REFUSED),
            """
            {"type":"mcp_health_check","event_id":5,"timestamp":"2026-11-01T12:00:00.000123Z",\
            "mcp_name":"a","severity":"info","health_status":"degraded",\
            "last_health_check":"2026-11-01T12:00:00.000123Z",\
            "next_check_at":"2026-11-01T12:01:00.000123Z","response_time_ms":0.005,"tool_count":1,\
            "error":"127.0.0.1:9 refused the connection","stage":"connect","kind":"refused"}\
            """),
        Arguments.of(
            new FleetEvent.AutoDisabled(AT, "a", "gave up", 3),
            """
            {"type":"mcp_auto_disabled","event_id":5,"timestamp":"2026-11-01T12:00:00.000123Z",\
            "mcp_name":"a","severity":"critical","reason":"gave up","failure_cycles":3}\
            """),
        Arguments.of(
            new FleetEvent.AutoEnabled(AT, "a", "came back", 3),
            """
            {"type":"mcp_auto_enabled","event_id":5,"timestamp":"2026-11-01T12:00:00.000123Z",\
            "mcp_name":"a","severity":"info","reason":"came back","failure_cycles":3}\
            """),
        Arguments.of(
            new FleetEvent.CircuitChanged(
                AT, "a", CircuitState.HALF_OPEN, CircuitState.OPEN, 5, 5, 1, "again"),
            """
            {"type":"circuit_breaker_state","event_id":5,\
            "timestamp":"2026-11-01T12:00:00.000123Z","mcp_name":"a","severity":"warning",\
            "old_state":"half_open","new_state":"open","failure_count":5,"threshold":5,\
            "failure_cycles":1,"message":"again"}\
            """),
        Arguments.of(
            new FleetEvent.CapabilitiesChanged(
                AT,
                "a",
                Map.of("tools", List.of("x", "y")),
                Map.of("prompts", List.of("z")),
                Map.of(),
                "cafe"),
            """
            {"type":"mcp_capabilities_changed","event_id":5,\
            "timestamp":"2026-11-01T12:00:00.000123Z","mcp_name":"a","severity":"warning",\
            "added":{"tools":["x","y"]},"removed":{"prompts":["z"]},"changed":{},\
            "snapshot":"cafe"}\
            """),
        Arguments.of(
            new FleetEvent.ConfigChanged(AT, null, "updated", List.of("health_check"), "admin"),
            """
            {"type":"mcp_config_change","event_id":5,"timestamp":"2026-11-01T12:00:00.000123Z",\
            "mcp_name":null,"severity":"info","change":"updated","fields":["health_check"],\
            "actor":"admin"}\
            """),
        Arguments.of(
            new FleetEvent.MonitorChanged(AT, "blind", "our network is down"),
            """
            {"type":"monitor_state","event_id":5,"timestamp":"2026-11-01T12:00:00.000123Z",\
            "mcp_name":null,"severity":"high","state":"blind","message":"our network is down"}\
            """));
  }

  @ParameterizedTest
  @MethodSource("events")
  void an_event_is_sent_with_these_fields(FleetEvent event, String json) {
    assertThat(EventJson.write(new StoredEvent(5, event))).isEqualTo(json);
  }

  @ParameterizedTest
  @MethodSource("events")
  void an_event_is_read_as_it_was_written(FleetEvent event, String json) {
    assertThat(EventJson.read(json)).isEqualTo(event);
    assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A type that is not known, with a severity that is not known either.
        """
        {"type":"incident_opened","event_id":5,"timestamp":"2026-11-01T12:00:00.000123Z",\
        "mcp_name":"a","severity":"deafening","of":[{"x":null}]}\
        """,
        // A type that is known, with a word that is not.
        """
        {"type":"mcp_status_change","event_id":5,"timestamp":"2026-11-01T12:00:00.000123Z",\
        "mcp_name":"a","severity":"info","old_status":"healthy","new_status":"sleepy"}\
        """
      })
  void what_another_version_wrote_is_handed_on_as_it_is(String json) {
    FleetEvent event = EventJson.read(json);

    assertThat(event).isInstanceOf(FleetEvent.Foreign.class);
    assertThat(event.server()).isEqualTo("a");
    assertThat(event.severity()).isEqualTo(Severity.INFO);
    assertThat(EventJson.write(new StoredEvent(5, event))).isEqualTo(json);
    assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
  }

  @Test
  void what_only_the_feed_has_has_no_id() {
    FleetEvent event = new FleetEvent.MonitorChanged(AT, "live", "again");
    assertThat(EventJson.write(new StoredEvent(0, event))).contains("\"event_id\":null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "nonsense",
        "[]",
        "{\"type\":\"other\"}",
        "{\"type\":\"monitor_state\",\"timestamp\":\"at noon\"}"
      })
  void what_is_no_event_is_refused(String json) {
    assertThatThrownBy(() -> EventJson.read(json)).isInstanceOf(RuntimeException.class);
  }
}
