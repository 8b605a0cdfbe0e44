package dev.pharos.demo;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Eight toy MCP servers on 127.0.0.1, one of every kind: among them one that flaps, one that is
 * slow, one whose tools drift and one that asks for a token. Thread-safe.
 */
public final class DemoFleet implements AutoCloseable {
  /** What {@code vault} wants to be shown as a bearer token. */
  public static final String TOKEN = "demo-token";

  /** The first of seven ports in a row; each is replaced by a free one where it is taken. */
  private static final int FIRST_PORT = 18_191;

  private static final String MCP = "/mcp";

  private final int firstPort;
  private final Cue cue;
  private final RandomGenerator random;
  private final Runnable last;
  private final List<Host> hosts = new ArrayList<>();
  private final List<Streams> held = new ArrayList<>();
  private final ArrayNode entries = JsonNodeFactory.instance.arrayNode();

  private DemoFleet(int firstPort, Cue cue, RandomGenerator random, Runnable last) {
    this.firstPort = firstPort;
    this.cue = cue;
    this.random = random;
    this.last = last;
  }

  /**
   * Starts the fleet; everything of it listens when this returns.
   *
   * @throws IOException when no port can be had
   */
  public static DemoFleet start() throws IOException {
    Clockwork clockwork = new Clockwork();
    return started(new DemoFleet(FIRST_PORT, clockwork, new SplittableRandom(), clockwork::close));
  }

  /**
   * Starts a fleet in which things happen when {@code cue} says so.
   *
   * @param firstPort 0 for free ones only
   */
  static DemoFleet start(int firstPort, Cue cue, RandomGenerator random) throws IOException {
    return started(new DemoFleet(firstPort, cue, random, () -> {}));
  }

  private static DemoFleet started(DemoFleet fleet) throws IOException {
    boolean started = false;
    try {
      fleet.open();
      started = true;
      return fleet;
    } finally {
      if (!started) {
        fleet.close();
      }
    }
  }

  private void open() throws IOException {
    var _ = session("weather", Pace.QUICK);
    Catalogue search = Catalogue.read("search");
    var _ = host(search, MCP, new StatelessEndpoint(new Toy(() -> search, true), streams()));
    Catalogue archive = Catalogue.read("archive");
    OldEndpoint old = new OldEndpoint(new Toy(() -> archive, false), streams());
    var _ = host(archive, OldEndpoint.PATH, old);
    process(Catalogue.read(NotesServer.NAME));
    flaky();
    var _ = session("slow", new SlowPace(cue, random));
    drifting();
    Catalogue vault = Catalogue.read("vault");
    HttpHandler behind = endpoint(vault, Pace.QUICK);
    var _ = host(vault, MCP, new LockedEndpoint(TOKEN, behind));
  }

  private Host session(String name, Pace pace) throws IOException {
    Catalogue catalogue = Catalogue.read(name);
    return host(catalogue, MCP, endpoint(catalogue, pace));
  }

  private SessionEndpoint endpoint(Catalogue catalogue, Pace pace) {
    return new SessionEndpoint(new Toy(() -> catalogue, false), streams(), pace);
  }

  private void flaky() throws IOException {
    Catalogue catalogue = Catalogue.read("flaky");
    SessionEndpoint endpoint = endpoint(catalogue, Pace.QUICK);
    Flapping.begin(host(catalogue, MCP, endpoint), endpoint, cue);
  }

  private void drifting() throws IOException {
    Catalogue catalogue = Catalogue.read("drifting");
    Streams streams = streams();
    Toy toy = new Toy(new Drifting(catalogue, streams, cue), false);
    var _ = host(catalogue, MCP, new SessionEndpoint(toy, streams, Pace.QUICK));
  }

  private Streams streams() {
    Streams streams = new Streams(cue);
    held.add(streams);
    return streams;
  }

  private Host host(Catalogue catalogue, String path, HttpHandler handler) throws IOException {
    Host host = Host.open(firstPort == 0 ? 0 : firstPort + hosts.size(), path, handler);
    hosts.add(host);
    entry(catalogue).put("url", host.url());
    return host;
  }

  private void process(Catalogue catalogue) {
    List<String> command = NotesServer.command();
    ObjectNode entry = entry(catalogue).put("command", command.getFirst());
    command.stream().skip(1).forEach(entry.putArray("args")::add);
  }

  private ObjectNode entry(Catalogue catalogue) {
    ObjectNode entry = entries.addObject();
    entry.set("name", catalogue.info().path("name"));
    entry.setAll(catalogue.entry());
    return entry;
  }

  /** The servers as the monitor's own file has them: JSON with a list {@code servers}. */
  public String fleetFile() {
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    file.set("servers", entries);
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(file);
  }

  /** Stops everything and cuts every connection. May be called again. */
  @Override
  public void close() {
    last.run();
    hosts.forEach(Host::close);
    held.forEach(Streams::endAll);
  }
}
