package dev.pharos.watch;

import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.EraChoice;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Overrides;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.health.Happening;
import dev.pharos.health.HealthFold;
import dev.pharos.health.HealthSettings;
import dev.pharos.testing.ManualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Canned servers. */
final class Fleets {
  private Fleets() {}

  static Transport http(String url) {
    return new Transport.Http(URI.create(url), TransportChoice.STREAMABLE_HTTP);
  }

  static Transport child() {
    return new Transport.Stdio(List.of("server"), Map.of(), null);
  }

  static Server server(long id, Transport transport) {
    return server(id, transport, Overrides.NONE);
  }

  static Server server(long id, Transport transport, Overrides overrides) {
    ServerSpec spec =
        new ServerSpec(
            "server-" + id,
            null,
            transport,
            new Credentials.None(),
            Map.of(),
            Duration.ofSeconds(30),
            List.of(),
            Expectation.TOOLS,
            EraChoice.AUTO,
            overrides,
            true,
            "{}");
    Instant at = ManualTime.START;
    return new Server(new ServerId(id), spec, AdminStatus.ACTIVE, null, false, at, at, 1);
  }

  static Standing fresh(Server server) {
    return new Standing(server, HealthMemory.fresh(ManualTime.START), LastSeen.NOTHING);
  }

  static Standing fresh(long id, Transport transport) {
    return fresh(server(id, transport));
  }

  /** What is remembered of a server that was found healthy. */
  static HealthMemory healthy(Instant at) {
    Outcome passed = new Outcome.Passed(SimulatedEye.seen(at, Facts.NONE, null));
    return HealthFold.step(
            HealthMemory.fresh(at),
            new Happening.Looked(passed, false, true),
            HealthSettings.DEFAULT,
            at)
        .memory();
  }

  /** Servers 1 to {@code count}, dealt out over hosts. */
  static List<Standing> many(int count, int hosts) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(id -> fresh(id, http("http://host-" + id % hosts + ".test/s/" + id)))
        .toList();
  }

  static Overrides every(Duration interval) {
    return new Overrides(
        interval, false, null, null, null, null, null, null, null, null, null, null, null);
  }
}
