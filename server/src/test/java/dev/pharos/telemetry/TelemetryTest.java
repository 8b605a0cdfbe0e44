package dev.pharos.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.fleet.SpanState;
import dev.pharos.testing.Fleets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scrape of the monitor's own metrics gives. */
class TelemetryTest {
  private final Telemetry telemetry = new Telemetry("1.2.3");
  private final AtomicLong opened = new AtomicLong(7);

  @BeforeEach
  void something_happened() {
    telemetry.bind(
        new Sources(
            () -> Map.of(SpanState.HEALTHY, 5, SpanState.UNHEALTHY, 2),
            () -> 0.125,
            opened::get,
            () -> 6,
            () -> 8,
            () -> 1,
            () -> 3,
            () -> 2,
            Map.<String, LongSupplier>of("due", () -> 11, "store", () -> 12),
            () -> 4,
            () -> 1,
            () -> 1_000,
            () -> 30,
            () -> 2,
            () -> 4_096));
    telemetry.state(() -> "late");
    telemetry.checks().looked(Fleets.passed(Fleets.NOON, 4_000));
    telemetry.checks().looked(Fleets.passed(Fleets.NOON, 40_000));
    telemetry.checks().looked(Fleets.impaired(Fleets.NOON, 4_000));
    telemetry.checks().looked(Fleets.failed(Fleets.NOON, Fleets.REFUSED));
    telemetry.checks().looked(Fleets.inconclusive(Fleets.NOON));
    telemetry.store().took("flush", 2_000_000);
    telemetry.store().wrote(5);
    telemetry.requests().served("listServers", 200, 1_000_000);
  }

  @AfterEach
  void close() {
    telemetry.close();
  }

  private double value(String metric) {
    List<String> lines =
        telemetry.scrape().lines().filter(line -> line.startsWith(metric + " ")).toList();
    assertThat(lines).as(metric).hasSize(1);
    return Double.parseDouble(lines.getFirst().substring(metric.length() + 1));
  }

  /** The list of the monitor's promises, one by one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pharos_servers{state=\"healthy\"}",
        "pharos_checks_total{outcome=\"passed\"}",
        "pharos_check_failures_total{kind=\"refused\",stage=\"connect\"}",
        "pharos_check_duration_seconds_bucket{le=\"0.005\"}",
        "pharos_check_stage_duration_seconds_bucket{stage=\"list\",le=\"0.005\"}",
        "pharos_lateness_p99_seconds",
        "pharos_check_read_bytes_sum",
        "pharos_sessions_opened_total",
        "pharos_sessions_ended_total",
        "pharos_children_started_total",
        "pharos_children_reaped_total",
        "pharos_conversations",
        "pharos_watches",
        "pharos_queue_depth{queue=\"due\"}",
        "pharos_push_clients{transport=\"websocket\"}",
        "pharos_push_clients{transport=\"sse\"}",
        "pharos_push_sent_total",
        "pharos_push_coalesced_total",
        "pharos_push_dropped_total",
        "pharos_store_duration_seconds_count{operation=\"flush\"}",
        "pharos_store_rows_total",
        "pharos_store_size_bytes",
        "pharos_http_requests_seconds_count{operation=\"listServers\",status=\"200\"}",
        "pharos_monitor_state{state=\"redis_lost\"}",
        "pharos_build{version=\"1.2.3\"}",
        "process_cpu_usage",
        "process_uptime_seconds",
        "process_files_open_files",
        "jvm_threads_live_threads",
        "jvm_classes_loaded_classes"
      })
  void it_is_all_there(String metric) {
    assertThat(value(metric)).isNotNaN();
  }

  @Test
  void figures_are_the_ones_that_were_told() {
    assertThat(value("pharos_servers{state=\"healthy\"}")).isEqualTo(5);
    assertThat(value("pharos_servers{state=\"unhealthy\"}")).isEqualTo(2);
    assertThat(value("pharos_servers{state=\"degraded\"}")).isZero();
    assertThat(value("pharos_checks_total{outcome=\"passed\"}")).isEqualTo(2);
    assertThat(value("pharos_checks_total{outcome=\"impaired\"}")).isEqualTo(1);
    assertThat(value("pharos_checks_total{outcome=\"failed\"}")).isEqualTo(1);
    assertThat(value("pharos_checks_total{outcome=\"inconclusive\"}")).isEqualTo(1);
    assertThat(value("pharos_check_failures_total{kind=\"list_error\",stage=\"list\"}"))
        .isEqualTo(1);
    // Of looks that failed, no duration: a refusal is quick and says nothing of the server.
    assertThat(value("pharos_check_duration_seconds_count")).isEqualTo(3);
    assertThat(value("pharos_check_duration_seconds_sum")).isCloseTo(0.048, within(1e-9));
    assertThat(value("pharos_check_duration_seconds_bucket{le=\"0.005\"}")).isEqualTo(2);
    assertThat(value("pharos_check_duration_seconds_bucket{le=\"0.05\"}")).isEqualTo(3);
    assertThat(value("pharos_lateness_p99_seconds")).isEqualTo(0.125);
    assertThat(value("pharos_queue_depth{queue=\"store\"}")).isEqualTo(12);
    assertThat(value("pharos_store_rows_total")).isEqualTo(5);
    assertThat(value("pharos_store_size_bytes")).isEqualTo(4_096);
    assertThat(value("pharos_monitor_state{state=\"late\"}")).isEqualTo(1);
    assertThat(value("pharos_monitor_state{state=\"live\"}")).isZero();
  }

  @Test
  void what_is_asked_for_is_asked_anew_each_time() {
    assertThat(value("pharos_sessions_opened_total")).isEqualTo(7);
    opened.set(9);
    assertThat(value("pharos_sessions_opened_total")).isEqualTo(9);
  }

  @Test
  void every_metric_says_what_it_is() {
    List<String> names =
        telemetry
            .scrape()
            .lines()
            .filter(line -> line.startsWith("# TYPE "))
            .map(line -> line.split(" ", 4)[2])
            .toList();

    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    for (String name : names) {
      assertThat(telemetry.scrape()).contains("# HELP " + name + " ");
    }
  }
}
