package dev.pharos.http;

import static dev.pharos.http.Method.GET;

import dev.pharos.event.EventJournal;
import dev.pharos.event.EventJson;
import dev.pharos.fleet.StoredEvent;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The journal of events, and the live feed in its two forms. */
final class EventRoutes {
  static final String WEB_SOCKET = "/ws";

  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1_000;
  private static final int MAX_NAMES = 200;

  private static final List<String> TYPES =
      List.of(
          "mcp_status_change",
          "mcp_health_check",
          "mcp_auto_disabled",
          "mcp_auto_enabled",
          "circuit_breaker_state",
          "mcp_capabilities_changed",
          "mcp_config_change",
          "monitor_state");

  /** What a client of the feed asks for. */
  private record Wanted(@Nullable Long cursor, Set<String> servers, Set<String> types) {
    static Wanted read(Map<String, List<String>> values, @Nullable String lastEventId) {
      Query query = Query.of(values, "cursor", "servers", "types");
      Long cursor = query.cursor("cursor");
      Set<String> servers = query.words("servers", MAX_NAMES);
      Set<String> types = query.words("types", TYPES.size());
      if (!TYPES.containsAll(types)) {
        query.wrong("types", "must be some of " + String.join(", ", TYPES));
      }
      query.check();
      // A browser that comes back says itself what it had last; that is newer than its address.
      boolean resumed = lastEventId != null && lastEventId.matches("[0-9]{1,18}");
      return new Wanted(resumed ? Long.valueOf(lastEventId) : cursor, servers, types);
    }
  }

  private final WebParts parts;

  EventRoutes(WebParts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        new Route(GET, "/api/v1/events", Role.VIEWER, "listEvents", this::journal),
        new Route(
            GET,
            "/api/v1/events/stream",
            Role.VIEWER,
            "streamEvents",
            Route.Kind.STREAM,
            this::stream),
        new Route(
            GET,
            WEB_SOCKET,
            Role.VIEWER,
            "openWebSocket",
            Route.Kind.WEB_SOCKET,
            EventRoutes::upgradeRequired));
  }

  private void journal(Exchange exchange) {
    Query query = exchange.query("cursor", "before", "type", "server", "limit");
    Long cursor = query.cursor("cursor");
    Long before = query.cursor("before");
    String type = query.choice("type", TYPES.toArray(String[]::new), word -> word);
    int limit = query.number("limit", PAGE, 1, MAX_PAGE);
    var filter = new EventJournal.Filter(query.text("server"), type);
    if (cursor != null && before != null) {
      query.wrong("before", "cannot be given together with cursor");
    }
    query.check();
    exchange.json(
        cursor == null
            ? backwards(Objects.requireNonNullElse(before, Long.MAX_VALUE), filter, limit)
            : forwards(cursor, filter, limit));
  }

  private ObjectNode forwards(long cursor, EventJournal.Filter filter, int limit) {
    List<StoredEvent> events = parts.journal().after(cursor, filter, limit);
    return view(events, events.isEmpty() ? cursor : events.getLast().id(), null);
  }

  /** Its {@code next_cursor} leads forwards, to what happens from now on. */
  private ObjectNode backwards(long before, EventJournal.Filter filter, int limit) {
    long newest = parts.journal().newest();
    List<StoredEvent> events = parts.journal().before(before, filter, limit);
    Long older = events.size() == limit ? events.getLast().id() : null;
    return view(
        events,
        before == Long.MAX_VALUE || events.isEmpty() ? newest : events.getFirst().id(),
        older);
  }

  private static ObjectNode view(List<StoredEvent> events, long next, @Nullable Long older) {
    ObjectNode answer = Json.object();
    answer.set(
        "events", Json.list(events.stream().map(each -> Json.parsed(EventJson.write(each)))));
    answer.put("next_cursor", Long.toString(next));
    answer.put("older_before", older == null ? null : Long.toString(older));
    return answer;
  }

  private void stream(Exchange exchange) throws IOException {
    Context ctx = exchange.context();
    Wanted wanted = Wanted.read(ctx.queryParamMap(), ctx.header("Last-Event-ID"));
    refuseWhenFull();
    BooleanSupplier admitted =
        Visitor.of(parts.access(), ctx.header("Authorization"), ctx.cookie(Guard.COOKIE));
    parts.live().stream(ctx, wanted.cursor(), wanted.servers(), wanted.types(), admitted);
  }

  private void refuseWhenFull() {
    if (parts.live().full()) {
      throw new ProblemDetails(503, "too_many_clients", "too many clients follow the feed")
          .with("Retry-After", "10")
          .thrown();
    }
  }

  private static void upgradeRequired(Exchange exchange) {
    throw new ProblemDetails(426, "upgrade_required", "speak WebSocket to this address")
        .with("Upgrade", "websocket")
        .thrown();
  }

  /** Throws the problem of a WebSocket client that cannot be served, before the upgrade. */
  void checkUpgrade(Context ctx) {
    var _ = Wanted.read(ctx.queryParamMap(), null);
    refuseWhenFull();
  }

  void webSocket(WsConfig socket) {
    socket.onConnect(this::connected);
    socket.onClose(parts.live()::disconnected);
    socket.onError(parts.live()::disconnected);
  }

  private void connected(WsConnectContext ctx) {
    Wanted wanted = Wanted.read(ctx.queryParamMap(), null);
    BooleanSupplier admitted =
        Visitor.of(parts.access(), ctx.header("Authorization"), ctx.cookie(Guard.COOKIE));
    parts.live().connected(ctx, wanted.cursor(), wanted.servers(), wanted.types(), admitted);
  }
}
