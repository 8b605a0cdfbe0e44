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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The registered servers: list, add, change, retire. */
final class ServerRoutes {
  static final String SERVERS = "/api/v1/servers";

  private static final int PAGE = 100;
  private static final int MAX_PAGE = 5_000;

  private final WebParts parts;
  private final Past past;

  /** How many lists are being built for somebody. */
  private final AtomicInteger asked = new AtomicInteger();

  ServerRoutes(WebParts parts) {
    this.parts = parts;
    this.past = new Past(parts.history());
  }

  /** Builds lists for nobody; see there. */
  Rehearsal rehearsal() {
    return new Rehearsal(
        MAX_PAGE, (page, now) -> Json.bytes(json -> list(json, page, now)), () -> asked.get() > 0);
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

    asked.incrementAndGet();
    try {
      list(exchange, filter, order, after, limit);
    } finally {
      asked.decrementAndGet();
    }
  }

  private void list(
      Exchange exchange,
      Predicate<Standing> filter,
      ServerOrder order,
      ServerOrder.@Nullable Place after,
      int limit) {
    List<Standing> fleet = parts.fleet().all();
    past.forgetOthers(fleet);
    List<Standing> all = order.sorted(fleet.stream().filter(filter));
    List<Standing> rest =
        after == null ? all : all.stream().filter(each -> order.after(each, after)).toList();
    List<Standing> page = rest.size() > limit ? rest.subList(0, limit) : rest;
    exchange.json(
        200,
        json -> {
          json.writeStartObject();
          json.writeName("servers");
          list(json, page, exchange.now());
          json.writeNumberProperty("total", all.size());
          json.writeStringProperty(
              "next_cursor", rest.size() > limit ? order.cursor(page.getLast()) : null);
          json.writeEndObject();
        });
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

  private void list(JsonGenerator json, List<Standing> page, Instant now) {
    Map<ServerId, List<Span>> spans = past.spans(page, now);
    Map<ServerId, Beats> beats = past.beats(page);
    ServerView view = new ServerView(json, now);
    json.writeStartArray();
    for (Standing each : page) {
      ServerId id = each.server().id();
      view.write(each, spans.getOrDefault(id, List.of()), beats.getOrDefault(id, Beats.NONE));
    }
    json.writeEndArray();
  }

  private void one(Exchange exchange, int status, Standing standing) {
    List<Standing> one = List.of(standing);
    ServerId id = standing.server().id();
    exchange.json(
        status,
        json ->
            new ServerView(json, exchange.now())
                .write(
                    standing,
                    past.spans(one, exchange.now()).getOrDefault(id, List.of()),
                    past.beats(one).getOrDefault(id, Beats.NONE)));
  }

  private void get(Exchange exchange) {
    exchange.query().check();
    one(exchange, 200, find(parts.fleet(), exchange.part("name")));
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
    one(exchange, status, now);
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
