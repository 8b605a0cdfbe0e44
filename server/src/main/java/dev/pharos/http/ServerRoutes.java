package dev.pharos.http;

import static dev.pharos.http.Method.DELETE;
import static dev.pharos.http.Method.GET;
import static dev.pharos.http.Method.PATCH;
import static dev.pharos.http.Method.POST;

import dev.pharos.definition.ServerDocument;
import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.Transport;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The registered servers: list, add, change, retire. */
final class ServerRoutes {
  static final String SERVERS = "/api/v1/servers";

  private static final int PAGE = 100;
  private static final int MAX_PAGE = 5_000;

  private final WebParts parts;
  private final Past past;

  ServerRoutes(WebParts parts) {
    this.parts = parts;
    this.past = new Past(parts.history());
  }

  /** Builds lists for nobody; see there. */
  Rehearsal rehearsal() {
    return new Rehearsal(MAX_PAGE, (page, now) -> Json.bytes(views(page, now)));
  }

  List<Route> routes() {
    return List.of(
        new Route(GET, SERVERS, Role.VIEWER, "listServers", this::list),
        new Route(POST, SERVERS, Role.OPERATOR, "createServer", this::create),
        new Route(GET, SERVERS + "/{name}", Role.VIEWER, "getServer", this::get),
        new Route(PATCH, SERVERS + "/{name}", Role.OPERATOR, "updateServer", this::change),
        new Route(DELETE, SERVERS + "/{name}", Role.OPERATOR, "deleteServer", this::delete),
        new Route(POST, SERVERS + "/{name}/enable", Role.OPERATOR, "enableServer", this::enable),
        new Route(POST, SERVERS + "/{name}/disable", Role.OPERATOR, "disableServer", this::disable),
        new Route(
            POST, SERVERS + "/{name}/circuit/reset", Role.OPERATOR, "resetCircuit", this::reset));
  }

  /** A registered server, or 404. */
  static Standing find(FleetView fleet, String name) {
    return fleet
        .byName(name)
        .orElseThrow(() -> new NotThere("no server of that name is registered"));
  }

  void list(Exchange exchange) {
    Query query = exchange.query("q", "status", "health", "tag", "sort", "limit", "cursor");
    Predicate<Standing> filter = filter(query);
    ServerOrder order = order(query);
    int limit = query.number("limit", PAGE, 1, MAX_PAGE);
    ServerOrder.Place after = after(query, order);
    query.check();

    List<Standing> fleet = parts.fleet().all();
    past.forgetOthers(fleet);
    List<Standing> all = fleet.stream().filter(filter).sorted(order.comparator()).toList();
    List<Standing> rest =
        after == null ? all : all.stream().filter(each -> order.after(each, after)).toList();
    List<Standing> page = rest.size() > limit ? rest.subList(0, limit) : rest;
    ObjectNode answer = Json.object();
    answer.set("servers", views(page, exchange.now()));
    answer.put("total", all.size());
    answer.put("next_cursor", rest.size() > limit ? order.cursor(page.getLast()) : null);
    exchange.json(answer);
  }

  private static ServerOrder order(Query query) {
    ServerOrder otherwise = new ServerOrder(ServerOrder.By.NAME, false);
    String text = query.text("sort");
    ServerOrder order = text == null ? otherwise : ServerOrder.read(text);
    if (order == null) {
      query.wrong(
          "sort",
          "must be one of name, health, since, last_check, response_time, tools, created, perhaps"
              + " with a minus before it");
    }
    return Objects.requireNonNullElse(order, otherwise);
  }

  private static ServerOrder.@Nullable Place after(Query query, ServerOrder order) {
    String cursor = query.text("cursor");
    if (cursor == null) {
      return null;
    }
    ServerOrder.Place place = order.place(cursor);
    if (place == null) {
      query.wrong("cursor", "is none that was given for this order");
    }
    return place;
  }

  private static Predicate<Standing> filter(Query query) {
    String q = query.text("q");
    AdminStatus status = query.choice("status", AdminStatus.values(), AdminStatus::wire);
    Health health = query.choice("health", Health.values(), Health::wire);
    String tag = query.text("tag");
    String part = q == null ? null : q.toLowerCase(Locale.ROOT);
    return each ->
        (part == null || matches(each.server().spec(), part))
            && (status == null || each.server().status() == status)
            && (health == null || each.memory().health() == health)
            && (tag == null || each.server().spec().tags().contains(tag));
  }

  private static boolean matches(ServerSpec spec, String part) {
    String description = spec.description();
    return holds(spec.name(), part)
        || (description != null && holds(description, part))
        || spec.tags().stream().anyMatch(tag -> holds(tag, part))
        || switch (spec.transport()) {
          // Without the query, which may hold a secret that could be found letter by letter.
          case Transport.Http http -> holds(http.url().toString().split("\\?", 2)[0], part);
          case Transport.Stdio stdio -> holds(String.join(" ", stdio.command()), part);
        };
  }

  private static boolean holds(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part);
  }

  private ArrayNode views(List<Standing> page, Instant now) {
    Map<ServerId, List<Span>> spans = past.spans(page, now);
    Map<ServerId, Beats> beats = past.beats(page);
    return Json.list(
        page.stream()
            .map(each -> {
              ServerId id = each.server().id();
              return ServerView.of(
                  each, spans.getOrDefault(id, List.of()), beats.getOrDefault(id, Beats.NONE), now);
            }));
  }

  private ObjectNode view(Standing standing, Instant now) {
    return (ObjectNode) views(List.of(standing), now).get(0);
  }

  private void get(Exchange exchange) {
    exchange.query().check();
    exchange.json(view(find(parts.fleet(), exchange.part("name")), exchange.now()));
  }

  private void create(Exchange exchange) throws IOException {
    ServerDocument document = ServerDocument.of(exchange.object());
    Standing created = parts.registry().add(document, exchange.actor());
    String name = created.server().spec().name();
    String place = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    exchange.set("Location", SERVERS + "/" + place);
    answer(exchange, 201, created);
  }

  private void change(Exchange exchange) throws IOException {
    ServerDocument patch = ServerDocument.of(exchange.object());
    answer(exchange, 200, parts.registry().edit(exchange.part("name"), patch, exchange.actor()));
  }

  /** The server as the watch knows it by now, which is newer than what was stored. */
  private void answer(Exchange exchange, int status, Standing stored) {
    Standing now = parts.fleet().byName(stored.server().spec().name()).orElse(stored);
    exchange.json(status, view(now, exchange.now()));
  }

  private void delete(Exchange exchange) {
    parts.registry().remove(exchange.part("name"), exchange.actor());
    exchange.nothing();
  }

  private void enable(Exchange exchange) {
    answer(exchange, 200, parts.registry().enable(exchange.part("name"), exchange.actor()));
  }

  private void disable(Exchange exchange) {
    answer(exchange, 200, parts.registry().disable(exchange.part("name"), exchange.actor()));
  }

  private void reset(Exchange exchange) {
    answer(exchange, 200, parts.registry().resetCircuit(exchange.part("name")));
  }
}
