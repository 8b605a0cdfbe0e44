package dev.pharos.http;

import static dev.pharos.http.WebFixture.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One look for other monitors. */
class ProbeRouteTest {
  private static final String H = "/probe?target=http://h.test/mcp";

  private static WebFixture web;

  @BeforeAll
  static void start() {
    web = new WebFixture();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static Target looked() {
    return web.looks.looked.getLast();
  }

  @Test
  void a_look_at_a_healthy_server_succeeds() {
    web.looks.outcome = Seen.passed();
    var answer = web.get(H + "&expect=auth_challenge");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(answer.body().lines())
        .contains(
            "probe_success 1",
            "probe_duration_seconds 0.043210",
            "probe_stage_duration_seconds{stage=\"dns\"} 0.000410",
            "probe_mcp_health{health=\"healthy\"} 1",
            "probe_mcp_health{health=\"unhealthy\"} 0",
            "probe_mcp_tools 13",
            "probe_mcp_read_bytes 12345",
            "probe_mcp_protocol_info{version=\"2025-11-25\"} 1",
            "probe_ssl_earliest_cert_expiry 1764669600".replace("1764669600", expiry()));
    assertThat(answer.body()).doesNotContain("probe_failure_info");
    assertThat(((Transport.Http) looked().transport()).url()).hasToString("http://h.test/mcp");
    assertThat(looked().expect()).isEqualTo(Expectation.AUTH_CHALLENGE);
    assertThat(web.fleet.all()).isEmpty();
  }

  private static String expiry() {
    return "" + Seen.NOW.plus(Duration.ofDays(30)).getEpochSecond();
  }

  @Test
  void a_look_that_fails_is_an_answer_with_its_cause() {
    web.looks.outcome = Seen.refused("no");
    var answer = web.get(H);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().lines())
        .contains("probe_success 0", "probe_failure_info{stage=\"connect\",kind=\"refused\"} 1");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 10, 9500",
    "'', 0.2, 500",
    "'', 9999, 120000",
    "'', nonsense, 30000",
    "&timeout=7, 10, 7000",
  })
  void it_waits_a_little_less_than_the_scraper(String query, String header, int millis) {
    web.looks.outcome = Seen.passed();

    assertThat(web.get(H + query, "X-Prometheus-Scrape-Timeout-Seconds", header).statusCode())
        .isEqualTo(200);
    assertThat(looked().timeout()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "/probe, target",
    "/probe?target=, target",
    "/probe?target=h.test, target",
    "/probe?target=ftp://h.test, target",
    "/probe?target=http://169.254.169.254/, target",
    "/probe?target=http://u:p@h.test/, target",
    "/probe?target=http://h.test/&target=http://i.test/, target",
    "/probe?target=http://h.test/&timeout=0, timeout",
    "/probe?target=http://h.test/&timeout=121, timeout",
    "/probe?target=http://h.test/&expect=luck, expect",
    "/probe?target=http://h.test/&module=mcp, module",
  })
  void a_wrong_question_is_told_so(String path, String field) {
    int before = web.looks.looked.size();
    var answer = web.get(path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(wrong(answer)).contains(field);
    assertThat(web.looks.looked).hasSize(before);
  }
}
