package dev.pharos.http;

import static dev.pharos.http.Method.GET;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One fresh look for other monitors, in the manner of the blackbox exporter. */
final class ProbeRoutes {
  private static final Duration LONGEST = Duration.ofSeconds(120);

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
    Target target = target(query, exchange.header("X-Prometheus-Scrape-Timeout-Seconds"));
    query.check();
    Outcome outcome = parts.looks().probe(Objects.requireNonNull(target)).outcome();
    exchange.text("text/plain; version=0.0.4; charset=utf-8", ProbeText.of(outcome));
  }

  private static @Nullable Target target(Query query, @Nullable String scrapeTimeout) {
    String text = query.text("target");
    Expectation expect =
        query.choice("expect", Expectation.values(), each -> each.name().toLowerCase(Locale.ROOT));
    int seconds = query.number("timeout", 0, 1, (int) LONGEST.toSeconds());
    if (text == null) {
      return query.wrong("target", "is required: the address of an MCP server");
    }
    try {
      Transport.Http transport = new Transport.Http(new URI(text), TransportChoice.AUTO);
      return new Target(
          text,
          transport,
          new Credentials.None(),
          Map.of(),
          Objects.requireNonNullElse(expect, Expectation.TOOLS),
          seconds > 0 ? Duration.ofSeconds(seconds) : timeout(scrapeTimeout));
    } catch (URISyntaxException e) {
      return query.wrong("target", "is not a valid address");
    } catch (IllegalArgumentException e) {
      return query.wrong("target", Objects.requireNonNullElse(e.getMessage(), "is not usable"));
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
