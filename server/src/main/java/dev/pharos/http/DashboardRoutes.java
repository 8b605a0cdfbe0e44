package dev.pharos.http;

import static dev.pharos.http.Method.GET;

import java.util.List;

/**
 * The dashboard: one page for all of its screens, and its files. Open to everybody, since it holds
 * nothing but itself and shows the login; what it shows comes from the API, which is closed.
 */
final class DashboardRoutes {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final Dashboard dashboard;

  DashboardRoutes(Dashboard dashboard) {
    this.dashboard = dashboard;
  }

  List<Route> routes() {
    return List.of(
        new Route(GET, "/add", Role.ANYONE, "getAddPage", exchange -> page(exchange, 0)),
        new Route(GET, "/journal", Role.ANYONE, "getJournalPage", exchange -> page(exchange, 0)),
        new Route(GET, "/settings", Role.ANYONE, "getSettingsPage", exchange -> page(exchange, 0)),
        new Route(
            GET, "/servers/{name}", Role.ANYONE, "getServerPage", exchange -> page(exchange, 1)),
        new Route(GET, "/assets/{file}", Role.ANYONE, "getAsset", this::asset));
  }

  private void page(Exchange exchange, int depth) {
    String page = dashboard.page(depth);
    if (page == null) {
      throw new NotThere("this build has no dashboard");
    }
    show(exchange, page);
  }

  static void show(Exchange exchange, String page) {
    exchange.set("Cache-Control", "no-cache").text("text/html; charset=utf-8", page);
  }

  private void asset(Exchange exchange) {
    String name = exchange.part("file");
    byte[] file = dashboard.file(name);
    if (file == null) {
      throw new NotThere("the dashboard has no such file");
    }
    exchange
        .set("Cache-Control", Dashboard.lasts(name) ? FOR_EVER : "no-cache")
        .bytes(200, Dashboard.type(name), file);
  }
}
