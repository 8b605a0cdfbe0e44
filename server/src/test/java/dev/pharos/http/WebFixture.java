package dev.pharos.http;

import dev.pharos.access.Access;
import dev.pharos.access.PasswordHash;
import dev.pharos.access.TrustedProxies;
import dev.pharos.capability.CapabilityChange;
import dev.pharos.capability.CapabilityStore;
import dev.pharos.capability.Snapshot;
import dev.pharos.definition.Rules;
import dev.pharos.definition.ServerDocument;
import dev.pharos.event.InProcessEventBus;
import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Item;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.push.Push;
import dev.pharos.push.PushSettings;
import dev.pharos.registry.Aspect;
import dev.pharos.registry.FleetListener;
import dev.pharos.registry.Registry;
import dev.pharos.settings.RuntimeSettings;
import dev.pharos.trace.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real server on a free port, over a fleet in memory. */
public final class WebFixture implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();
  static final String PASSWORD = "correct horse battery";

  public final MemoryFleet fleet = new MemoryFleet();
  public final InProcessEventBus bus = new InProcessEventBus();
  public final Push push;
  final MemoryHistory history = new MemoryHistory();
  final CannedLooks looks = new CannedLooks(fleet);
  final Map<String, String> readiness = new LinkedHashMap<>(Map.of("store", "ok"));

  /** What the watch heard. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  final List<String> requests = new CopyOnWriteArrayList<>();
  final List<CapabilityStore.NumberedChange> changes = new ArrayList<>();
  final Registry registry;
  final Access access;
  final RuntimeSettings settings;
  final Web web;
  volatile @Nullable Snapshot snapshot;
  volatile boolean cacheHit = true;
  volatile Runnable onReadiness = () -> {};
  private final HttpClient client = HttpClient.newHttpClient();

  public WebFixture() {
    this(null, PushSettings.DEFAULT);
  }

  public WebFixture(@Nullable String password, PushSettings pushSettings) {
    this(password, pushSettings, TrustedProxies.NONE);
  }

  WebFixture(@Nullable String password, PushSettings pushSettings, TrustedProxies proxies) {
    InstantSource clock = InstantSource.fixed(Seen.NOW);
    registry = new Registry(fleet, bus, new Heard(heard), clock, Rules.LOCAL);
    push = new Push(bus, fleet, pushSettings);
    settings = new RuntimeSettings(fleet.config(), bus, clock, Map.of());
    access =
        Access.alone(
            password == null ? null : PasswordHash.of(password),
            InstantSource.system(),
            System::nanoTime);
    WebParts parts =
        new WebParts(
            fleet,
            registry,
            looks,
            (_, _) ->
                Optional.ofNullable(snapshot)
                    .map(each -> new CapabilityReader.Cached(each, Seen.NOW, cacheHit)),
            new Changes(),
            history,
            fleet,
            settings,
            new Monitor(),
            access,
            push,
            () -> "# metrics\n",
            (operation, status, _) -> requests.add(operation + " " + status),
            clock,
            Ticker.system());
    web = new Web(new WebSettings("127.0.0.1", 0).behind(proxies), parts);
    try {
      web.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return web.port();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** Registers a server and has it seen healthy. */
  Standing add(String json) {
    Standing added = registry.add(ServerDocument.of(JSON.readTree(json)), "tester");
    String name = added.server().spec().name();
    fleet.saw(name, Seen.after(Seen.NOW.minusSeconds(60), Seen.passed()), Seen.lastSeen());
    return fleet.byName(name).orElseThrow();
  }

  Standing add(String name, String rest) {
    return add(
        "{\"name\":\"" + name + "\",\"url\":\"http://localhost:1/" + name + "\"" + rest + "}");
  }

  /** Stores and publishes, as the watch does. */
  public StoredEvent publish(FleetEvent event) {
    StoredEvent[] stored = new StoredEvent[1];
    bus.storeAndPublish(() -> {
      stored[0] = fleet.append(event);
      return List.of(stored[0]);
    });
    return stored[0];
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  /** The answer to a request that must succeed. */
  JsonNode ok(String method, String path, @Nullable String body) {
    HttpResponse<String> answer = send(method, path, body);
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(method + " " + path + ": " + answer.statusCode() + answer.body());
    }
    return json(answer);
  }

  JsonNode ok(String path) {
    return ok("GET", path, null);
  }

  /** The fields that a problem names. */
  static List<String> wrong(HttpResponse<String> answer) {
    return json(answer).path("errors").findValuesAsString("field");
  }

  /** The name of a problem. */
  static String problem(HttpResponse<String> answer) {
    return json(answer).path("type").asString().replace("urn:pharos:problem:", "");
  }

  /** Sends bytes as they are and gives everything that comes back until the connection ends. */
  String raw(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    push.close();
    web.close();
    client.close();
  }

  private final class Monitor implements MonitorView {
    @Override
    public State state() {
      return new State("live", Seen.NOW, "", Duration.ofMillis(12));
    }

    @Override
    public List<NodeState> nodes() {
      return List.of(
          new NodeState("here-1", "here", "1", Seen.NOW, 3, Duration.ofMillis(250), true, true));
    }

    @Override
    public Map<String, String> readiness() {
      onReadiness.run();
      return readiness;
    }
  }

  private final class Changes implements CapabilityStore {
    @Override
    public Optional<Snapshot> newest(ServerId server) {
      return Optional.ofNullable(snapshot);
    }

    @Override
    public Optional<StoredEvent> save(
        ServerId server, Snapshot newest, List<CapabilityChange> all, @Nullable FleetEvent event) {
      throw new UnsupportedOperationException("only the watch saves");
    }

    @Override
    public List<NumberedChange> changes(ServerId server, long cursor, int limit) {
      return changes.stream().filter(each -> each.id() < cursor).limit(limit).toList();
    }
  }

  static Snapshot snapshot() {
    Item tool = new Item("echo", null, null, "{\"name\":\"echo\",\"inputSchema\":{}}");
    return new Snapshot("ab12", Seen.NOW, new Capabilities(List.of(tool), null, List.of(), null));
  }

  /** Notes what the watch would hear. */
  static final class Heard implements FleetListener {
    private final List<String> all;

    Heard(List<String> all) {
      this.all = all;
    }

    private void note(String what, Server server) {
      all.add(what + " " + server.spec().name());
    }

    @Override
    public void added(Standing added) {
      note("added", added.server());
    }

    @Override
    public void changed(Server before, Standing now, Set<Aspect> aspects) {
      note("changed", now.server());
    }

    @Override
    public void removed(Server removed) {
      note("removed", removed);
    }

    @Override
    public void enabled(Standing now) {
      note("enabled", now.server());
    }

    @Override
    public void disabled(Standing now) {
      note("disabled", now.server());
    }

    @Override
    public void maintenance(Standing now) {
      note("maintenance", now.server());
    }

    @Override
    public void circuitReset(Standing now) {
      note("circuit reset", now.server());
    }
  }
}
