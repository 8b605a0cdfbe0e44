package dev.pharos;

import dev.pharos.capability.Catalogue;
import dev.pharos.config.ConfigReader;
import dev.pharos.config.Configuration;
import dev.pharos.demo.DemoFleet;
import dev.pharos.event.EventBus;
import dev.pharos.http.FleetView;
import dev.pharos.http.Web;
import dev.pharos.http.WebParts;
import dev.pharos.http.WebSettings;
import dev.pharos.probe.ProbeSettings;
import dev.pharos.probe.Prober;
import dev.pharos.push.Push;
import dev.pharos.push.PushSettings;
import dev.pharos.registry.Registry;
import dev.pharos.settings.RuntimeSettings;
import dev.pharos.store.Stores;
import dev.pharos.telemetry.Telemetry;
import dev.pharos.trace.Ticker;
import dev.pharos.watch.Eye;
import dev.pharos.watch.Knocker;
import dev.pharos.watch.Pulse;
import dev.pharos.watch.Watch;
import dev.pharos.watch.WatchPorts;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The monitor: every part of it, wired by hand. What a part is given here is all that it can reach.
 * Built whole or not at all; {@link #start} sets it going, {@link #close} ends what it began.
 */
final class App implements AutoCloseable {
  private final Configuration configuration;
  private final Closing closing = new Closing();
  private final Ground ground;
  private final Part part;
  private final Pulse pulse;
  private final Housekeeping housekeeping;
  private final ConfiguredFleet configuredFleet;
  private final Registry registry;
  private final Watch watch;
  private final Web web;
  private final Push push;
  private final Guardian guardian;
  private final Refreshes refreshes;
  private final Rehearsing rehearsing;
  private final AddressFile addressFile;

  App(ConfigReader reader, Configuration configuration, InstantSource clock, Ticker ticker)
      throws IOException {
    this.configuration = configuration;
    try {
      ground = closing.own(new Ground(configuration, clock, ticker));
      Stores stores = ground.stores();
      EventBus bus = ground.bus();
      RuntimeSettings settings =
          new RuntimeSettings(stores.config(), bus, clock, configuration.runtime());
      Telemetry telemetry = closing.own(new Telemetry(ProbeSettings.VERSION));
      Catalogue catalogue = new Catalogue(stores.capabilities(), ground.cache(), clock);

      Handles handles = Handles.ofProcess();
      Prober prober = closing.own(new Prober(handles.bound(configuration.probe()), clock, ticker));
      pulse = closing.own(Pulse.threads(ticker));
      Gate gate = new Gate();
      WatchPorts ports =
          new WatchPorts(
              new MeteredEye(Eye.through(prober), telemetry.checks()),
              Knocker.sockets(),
              new MeteredCheckStore(stores.checks(), telemetry.store(), ticker),
              catalogue,
              bus,
              clock,
              ticker,
              pulse,
              gate);
      watch = closing.own(new Watch(ports, WatchSettingsOf.current(settings.current(), handles)));
      part = closing.own(ground.part(watch, settings, pulse));
      gate.openWhile(part::mayLook);
      settings.listen(current -> watch.settings(WatchSettingsOf.current(current, handles)));
      registry = new Registry(stores.servers(), bus, part.listener(), clock, configuration.rules());
      push = new Push(bus, stores.events(), PushSettings.DEFAULT);
      MonitorState state = new MonitorState(watch, part, ground, clock);
      guardian = closing.own(new Guardian(configuration, stores.sharing(), clock, ticker));

      FleetView fleet = part.fleet();
      refreshes =
          closing.own(
              new Refreshes(watch, fleet, part.checks(), ground.refreshes(), part.id(), clock));
      WebParts parts =
          new WebParts(
              fleet,
              registry,
              new WatchLooks(fleet, part.checks(), prober, refreshes),
              new CatalogueReader(catalogue),
              stores.capabilities(),
              stores.history(),
              stores.events(),
              settings,
              state,
              guardian.access(),
              push,
              telemetry::scrape,
              telemetry.requests()::served,
              clock,
              ticker);
      web = closing.own(new Web(webSettings(configuration), parts));
      closing.own(push); // closed before the server, which waits for answers that go on
      Figures.bind(telemetry, watch, prober, push, ground, part);
      housekeeping = closing.own(new Housekeeping(pulse, stores.retention(), settings, clock));
      rehearsing = closing.own(new Rehearsing(pulse, web));
      addressFile = closing.own(new AddressFile(configuration.data()));
      configuredFleet =
          closing.own(new ConfiguredFleet(configuration, reader, registry, settings, part));
      telemetry.state(() -> state.state().state());
    } catch (IOException | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static WebSettings webSettings(Configuration configuration) {
    @Nullable URI base = configuration.baseUrl();
    WebSettings plain =
        new WebSettings(configuration.host(), configuration.port())
            .behind(configuration.trustedProxies());
    return base == null ? plain : plain.under(List.of(base));
  }

  /**
   * Begins to watch, then to serve.
   *
   * @throws IOException when the address cannot be bound
   */
  void start() throws IOException {
    ground.start(pulse);
    part.start();
    configuredFleet.start();
    housekeeping.start();
    web.start();
    guardian.start(pulse, push);
    refreshes.start(pulse);
    rehearsing.start();
    closing.own(HeapBound.start());
    addressFile.write(address());
  }

  /** Where people reach it; only after {@link #start}. */
  URI address() {
    return Address.of(configuration.host(), web.port());
  }

  /** Takes a toy fleet, to be ended after everything else. */
  DemoFleet owns(DemoFleet fleet) {
    closing.ownFirst(fleet);
    return fleet;
  }

  int servers() {
    return part.fleet().all().size();
  }

  /** For the command line, which adds what it is told to. */
  Registry registry() {
    return registry;
  }

  /** Serves no more, looks no more, ends all sessions and processes, and writes what is left. */
  @Override
  public void close() {
    closing.close();
  }
}
