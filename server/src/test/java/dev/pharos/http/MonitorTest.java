package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Health;
import dev.pharos.testing.Fleets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the monitor says of itself and of the fleet as a whole. */
class MonitorTest {
  private WebFixture web;

  @BeforeEach
  void start() {
    web = new WebFixture();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private void seen(String name, Health health, int hoursAgo) {
    web.add(name, "");
    Instant since = Seen.NOW.minus(Duration.ofHours(hoursAgo));
    web.fleet.saw(name, Fleets.memory(health, since), Seen.lastSeen());
  }

  @Test
  void the_summary_counts_each_server_once() {
    seen("a", Health.HEALTHY, 1);
    seen("b", Health.HEALTHY, 1);
    seen("c", Health.DEGRADED, 1);
    seen("d", Health.UNHEALTHY, 5);
    seen("e", Health.UNHEALTHY, 7);
    seen("paused", Health.UNHEALTHY, 9);
    seen("announced", Health.UNHEALTHY, 9);
    web.registry.disable("paused", "tester");
    web.registry.maintenance("announced", true, "tester");
    JsonNode summary = web.ok("/api/v1/summary");

    assertThat(summary.path("total").asInt()).isEqualTo(7);
    assertThat(summary.path("counts").toString())
        .isEqualTo(
            "{\"unknown\":0,\"healthy\":2,\"degraded\":1,\"unhealthy\":2,\"inactive\":1,"
                + "\"maintenance\":1}");
    assertThat(summary.path("oldest_outage").path("name").asString()).isEqualTo("e");
    assertThat(summary.path("oldest_outage").path("since").asString())
        .isEqualTo("2026-11-02T03:00:00Z");
    assertThat(summary.path("live").asBoolean()).isTrue();
    assertThat(summary.path("lateness_ms").asDouble()).isEqualTo(12);
    assertThat(summary.path("now").asString()).isEqualTo("2026-11-02T10:00:00Z");
  }

  @Test
  void an_empty_fleet_has_no_outage() {
    JsonNode summary = web.ok("/api/v1/summary");

    assertThat(summary.path("total").asInt()).isZero();
    assertThat(summary.path("oldest_outage").isNull()).isTrue();
  }

  @Test
  void readiness_names_the_part_that_is_not_well() {
    assertThat(web.ok("/health/live").toString()).isEqualTo("{\"status\":\"live\"}");
    assertThat(web.ok("/health/ready").toString())
        .isEqualTo("{\"status\":\"ready\",\"checks\":{\"store\":\"ok\"}}");

    web.readiness.put("store", "the disk is full");
    var not = web.get("/health/ready");
    assertThat(not.statusCode()).isEqualTo(503);
    assertThat(not.body())
        .isEqualTo("{\"status\":\"not_ready\",\"checks\":{\"store\":\"the disk is full\"}}");
    assertThat(web.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void metrics_come_as_prometheus_reads_them() {
    var answer = web.get("/metrics");

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body()).isEqualTo("# metrics\n");
  }
}
