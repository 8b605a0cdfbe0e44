package dev.pharos.http;

import static dev.pharos.http.Method.GET;

import dev.pharos.definition.ServerDocument;
import dev.pharos.field.Problem;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.registry.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One fresh look for other monitors, in the manner of the blackbox exporter. */
final class ProbeRoutes {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** Scrapers say how long they wait; a little less leaves time for the answer. */
  private static final double MARGIN_SECONDS = 0.5;

  private final WebParts parts;

  ProbeRoutes(WebParts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(new Route(GET, "/probe", Role.OPERATOR, "probe", this::probe));
  }

  private void probe(Exchange exchange) {
    Query query = exchange.query("target", "expect", "timeout");
    ObjectNode definition = Json.object().put("url", query.text("target"));
    String expect = query.text("expect");
    definition.put("expect", expect == null ? "tools" : expect);
    int seconds = query.number("timeout", 0, 1, (int) LONGEST.toSeconds());
    Duration timeout =
        seconds > 0
            ? Duration.ofSeconds(seconds)
            : timeout(exchange.header("X-Prometheus-Scrape-Timeout-Seconds"));
    Json.seconds(definition, "timeout_seconds", timeout);
    Target target = target(definition, query);
    query.check();
    Outcome outcome = parts.looks().look(Objects.requireNonNull(target)).outcome();
    exchange.text("text/plain; version=0.0.4; charset=utf-8", ProbeText.of(outcome));
  }

  /** What may be registered may be looked at, and nothing else. */
  private @Nullable Target target(ObjectNode definition, Query query) {
    try {
      return parts.registry().draft(ServerDocument.of(definition));
    } catch (Rejected e) {
      for (Problem problem : e.problems()) {
        String field = problem.field();
        query.wrong(field.equals("url") || field.isEmpty() ? "target" : field, problem.message());
      }
      return null;
    }
  }

  private static Duration timeout(@Nullable String scrapeTimeout) {
    if (scrapeTimeout == null || !scrapeTimeout.matches("[0-9]{1,4}(\\.[0-9]{1,6})?")) {
      return Target.DEFAULT_TIMEOUT;
    }
    double seconds = Math.max(MARGIN_SECONDS, Double.parseDouble(scrapeTimeout) - MARGIN_SECONDS);
    Duration wanted = Duration.ofMillis(Math.round(seconds * 1_000));
    return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
  }
}
