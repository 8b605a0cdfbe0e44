package dev.pharos.http;

import static dev.pharos.http.Method.GET;
import static dev.pharos.http.ServerRoutes.SERVERS;

import dev.pharos.capability.CapabilityChange;
import dev.pharos.capability.CapabilityStore.NumberedChange;
import dev.pharos.capability.Snapshot;
import dev.pharos.fleet.Item;
import dev.pharos.fleet.Standing;
import dev.pharos.http.CapabilityReader.Cached;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What servers offer, and how that changed. */
final class CapabilityRoutes {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1_000;

  private final WebParts parts;

  CapabilityRoutes(WebParts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    String own = SERVERS + "/{name}/capabilities";
    return List.of(
        new Route(GET, own, Role.VIEWER, "getCapabilities", this::capabilities),
        new Route(GET, own + "/changes", Role.VIEWER, "listCapabilityChanges", this::changes));
  }

  private void capabilities(Exchange exchange) {
    exchange.query().check();
    answer(exchange, exchange.part("name"));
  }

  /** The capabilities of one server. */
  void answer(Exchange exchange, String name) {
    Standing standing = ServerRoutes.find(parts.fleet(), name);
    Optional<Cached> read = parts.capabilities().read(standing.server().id(), name);
    exchange.set("X-Cache", read.isPresent() && read.get().hit() ? "hit" : "miss");
    exchange.json(view(name, read.orElse(null)));
  }

  private static ObjectNode view(String name, @Nullable Cached cached) {
    ObjectNode json = Json.object();
    Snapshot snapshot = cached == null ? null : cached.snapshot();
    json.put("server", name);
    json.put("snapshot", snapshot == null ? null : snapshot.hash());
    json.put("seen_at", snapshot == null ? null : Json.time(snapshot.seenAt()));
    json.put("cached_at", cached == null ? null : Json.time(cached.cachedAt()));
    json.set("tools", items(snapshot == null ? null : snapshot.capabilities().tools()));
    json.set("prompts", items(snapshot == null ? null : snapshot.capabilities().prompts()));
    json.set("resources", items(snapshot == null ? null : snapshot.capabilities().resources()));
    json.set(
        "resource_templates",
        items(snapshot == null ? null : snapshot.capabilities().resourceTemplates()));
    return json;
  }

  /** The items as the server gave them; null where the list is not offered or not known. */
  private static @Nullable ArrayNode items(@Nullable List<Item> items) {
    return items == null ? null : Json.list(items.stream().map(CapabilityRoutes::item));
  }

  private static JsonNode item(Item item) {
    return Objects.requireNonNullElseGet(
        Json.parsed(item.json()), () -> Json.object().put("name", item.key()));
  }

  private void changes(Exchange exchange) {
    Query query = exchange.query("limit", "cursor");
    int limit = query.number("limit", PAGE, 1, MAX_PAGE);
    Long cursor = query.cursor("cursor");
    query.check();
    Standing standing = ServerRoutes.find(parts.fleet(), exchange.part("name"));
    List<NumberedChange> found =
        parts
            .capabilityStore()
            .changes(
                standing.server().id(),
                Objects.requireNonNullElse(cursor, Long.MAX_VALUE),
                limit + 1);
    boolean more = found.size() > limit;
    List<NumberedChange> page = more ? found.subList(0, limit) : found;
    ObjectNode answer = Json.object();
    answer.set("changes", Json.list(page.stream().map(CapabilityRoutes::change)));
    answer.put("next_cursor", more ? Long.toString(page.getLast().id()) : null);
    exchange.json(answer);
  }

  private static ObjectNode change(NumberedChange numbered) {
    CapabilityChange change = numbered.change();
    ObjectNode json = Json.object();
    json.put("id", numbered.id());
    json.put("at", Json.time(change.at()));
    json.put("list", change.list());
    json.put("kind", change.kind());
    json.put("key", change.key());
    json.set("before", Json.parsed(change.before()));
    json.set("after", Json.parsed(change.after()));
    return json;
  }
}
