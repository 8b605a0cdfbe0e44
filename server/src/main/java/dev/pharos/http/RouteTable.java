package dev.pharos.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything that is served: nothing else is. The order matters where two paths match the same
 * address: a fixed part comes before a parameter.
 */
final class RouteTable {
  private final List<Route> routes;
  private final EventRoutes events;
  private final Rehearsal rehearsal;

  RouteTable(WebParts parts, WebSettings settings) {
    ServerRoutes servers = new ServerRoutes(parts);
    this.rehearsal = servers.rehearsal();
    CheckRoutes checks = new CheckRoutes(parts);
    CapabilityRoutes capabilities = new CapabilityRoutes(parts);
    Dashboard dashboard = new Dashboard("/web");
    this.events = new EventRoutes(parts);
    this.routes =
        Stream.of(
                servers.routes(),
                capabilities.routes(),
                new HistoryRoutes(parts).routes(),
                checks.routes(),
                events.routes(),
                new MonitorRoutes(parts, settings).routes(),
                new ProbeRoutes(parts).routes(),
                new LoginRoutes(parts.access(), new RequestOrigin(settings.proxies())).routes(),
                new PageRoutes(parts.access(), dashboard).routes(),
                new DashboardRoutes(dashboard).routes(),
                new OlderRoutes(parts, servers, capabilities, checks).routes())
            .flatMap(List::stream)
            .toList();
    Set<String> operations = new HashSet<>();
    for (Route route : routes) {
      if (!operations.add(route.operation())) {
        throw new IllegalStateException("two routes are called " + route.operation());
      }
    }
  }

  List<Route> routes() {
    return routes;
  }

  Rehearsal rehearsal() {
    return rehearsal;
  }

  EventRoutes events() {
    return events;
  }
}
