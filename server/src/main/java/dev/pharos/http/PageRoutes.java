package dev.pharos.http;

import static dev.pharos.http.Method.GET;

import dev.pharos.access.Access;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The pages and files that stand still. */
final class PageRoutes {
  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head><meta charset="utf-8"><title>Pharos</title></head>
      <body>
      <h1>Pharos</h1>
      %s
      </body>
      </html>
      """;

  private static final String HOME =
      FRAME.formatted(
          """
          <p>Pharos is running.</p>
          <ul>
          <li><a href="/api/v1/summary">Summary of the fleet</a></li>
          <li><a href="/api/v1/servers">Servers</a></li>
          <li><a href="/api/v1/events">Events</a></li>
          <li><a href="/openapi.yaml">The API, described in OpenAPI</a></li>
          <li><a href="/metrics">Metrics of the monitor itself</a></li>
          </ul>\
          """);

  private static final String LOGIN =
      FRAME.formatted(
          """
          <form method="post" action="/api/v1/login">
          <label>Administrator's password
          <input type="password" name="password" autocomplete="current-password" required></label>
          <button>Log in</button>
          </form>\
          """);

  private final Access access;
  private final Dashboard dashboard;
  private final String openApi = resource("/openapi.yaml");

  PageRoutes(Access access, Dashboard dashboard) {
    this.access = access;
    this.dashboard = dashboard;
  }

  List<Route> routes() {
    return List.of(
        new Route(GET, "/", Role.ANYONE, "getHome", this::home),
        new Route(GET, "/openapi.yaml", Role.VIEWER, "getOpenApi", this::openApi));
  }

  /** The dashboard. In a build without it: the way in when a password is set, else some links. */
  private void home(Exchange exchange) {
    String page = dashboard.page(0);
    if (page != null) {
      DashboardRoutes.show(exchange, page);
      return;
    }
    boolean in = Visitor.inside(access, exchange.context().cookie(Guard.COOKIE));
    exchange.text("text/html; charset=utf-8", in ? HOME : LOGIN);
  }

  private void openApi(Exchange exchange) {
    exchange.text("application/yaml; charset=utf-8", openApi);
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(PageRoutes.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
