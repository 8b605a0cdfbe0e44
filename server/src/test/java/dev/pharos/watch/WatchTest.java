package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.capability.Catalogue;
import dev.pharos.capability.InProcessCapabilityCache;
import dev.pharos.event.InProcessEventBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.probe.ProbeSettings;
import dev.pharos.probe.Prober;
import dev.pharos.testing.simulator.Fault;
import dev.pharos.testing.simulator.Simulator;
import dev.pharos.testing.simulator.SimulatorSettings;
import dev.pharos.testing.simulator.Stats;
import dev.pharos.trace.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The watch with real threads, real sockets and real time. */
@Timeout(60)
class WatchTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final InstantSource clock = InstantSource.system();
  private final Ticker ticker = Ticker.system();
  private final Prober prober = new Prober(ProbeSettings.DEFAULT, clock, ticker);
  private final Pulse pulse = Pulse.threads(ticker);
  private final InProcessEventBus bus = new InProcessEventBus();
  private final RecordingStore store = new RecordingStore();
  private final List<FleetEvent> heard = new CopyOnWriteArrayList<>();
  private final Watch watch = watch();

  private Watch watch() {
    bus.subscribe(events -> events.stream().map(StoredEvent::event).forEach(heard::add));
    Catalogue catalogue = new Catalogue(store, new InProcessCapabilityCache(clock), clock);
    WatchPorts ports =
        new WatchPorts(
            Eye.through(prober), Knocker.sockets(), store, catalogue, bus, clock, ticker, pulse);
    return new Watch(ports, WatchSettings.DEFAULT);
  }

  @AfterEach
  void close() {
    watch.close();
    pulse.close();
    prober.close();
  }

  private void add(long id, URI uri) {
    watch.added(
        Fleets.fresh(Fleets.server(id, new Transport.Http(uri, TransportChoice.STREAMABLE_HTTP))));
  }

  private void awaitHealth(long id, Health health) {
    await().atMost(SOON).until(() -> health(id) == health);
  }

  private Health health(long id) {
    return watch.standing("server-" + id).orElseThrow().memory().health();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void the_end_of_a_held_stream_is_seen_long_before_the_next_look_is_due() throws Exception {
    watch.start(List.of());
    try (Simulator simulator = Simulator.start(SimulatorSettings.of("servers=2"))) {
      add(1, simulator.uri(0));
      awaitHealth(1, Health.HEALTHY);
      await().atMost(SOON).until(() -> watch.stats().held() == 1);

      simulator.fault(0, new Fault.Down());

      awaitHealth(1, Health.UNHEALTHY);
      assertThat(store.recordsOf(1)).extracting(CheckRecord::cause).contains("watch", "confirm");
      assertThat(heard)
          .filteredOn(FleetEvent.StatusChanged.class::isInstance)
          .extracting(event -> ((FleetEvent.StatusChanged) event).to())
          .containsExactly(Health.HEALTHY, Health.UNHEALTHY);
    }
  }

  @Test
  void a_knock_sees_a_refused_server_back() throws Exception {
    watch.start(List.of());
    int port = freePort();
    add(1, URI.create("http://127.0.0.1:" + port + "/s/0/mcp"));
    awaitHealth(1, Health.UNHEALTHY);
    assertThat(watch.stats().knocking()).isEqualTo(1);

    try (Simulator _ = Simulator.start(SimulatorSettings.of("port=" + port))) {
      awaitHealth(1, Health.HEALTHY);
    }
    assertThat(store.recordsOf(1)).extracting(CheckRecord::cause).contains("knock");
  }

  @Test
  void every_session_that_was_opened_is_ended() throws Exception {
    int servers = 200;
    try (Simulator simulator = Simulator.start(SimulatorSettings.of("servers=" + servers))) {
      watch.start(
          IntStream.range(0, servers)
              .mapToObj(n -> quick(n + 1L, simulator.uri(n)))
              .map(Fleets::fresh)
              .toList());
      await().atMost(SOON).until(() -> simulator.stats().requests("tools/list") > servers * 2L);
      assertThat(watch.stats().held()).isPositive();

      watch.close();

      await().atMost(SOON).until(() -> simulator.stats().streamsHeld() == 0);
      Stats stats = simulator.stats();
      assertThat(stats.sessionsOpened()).isEqualTo(servers);
      assertThat(stats.sessionsEnded()).isEqualTo(servers);
      assertThat(watch.stats().sightsOpened()).isEqualTo(watch.stats().sightsClosed());
    }
  }

  private static Server quick(long id, URI uri) {
    return Fleets.server(
        id,
        new Transport.Http(uri, TransportChoice.STREAMABLE_HTTP),
        Fleets.every(Duration.ofSeconds(1)));
  }

  @Test
  void a_look_on_demand_is_answered_with_its_stages() throws Exception {
    watch.start(List.of());
    try (Simulator simulator = Simulator.start(SimulatorSettings.of("servers=1"))) {
      add(1, simulator.uri(0));
      awaitHealth(1, Health.HEALTHY);

      CheckResult result = watch.checkNow("server-1").orElseThrow().get(20, TimeUnit.SECONDS);

      assertThat(result.outcome().seen().stages()).isNotEmpty();
      assertThat(result.after().memory().health()).isEqualTo(Health.HEALTHY);
    }
  }
}
