package dev.pharos.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.definition.FleetFile;
import dev.pharos.definition.Reading;
import dev.pharos.definition.Rules;
import dev.pharos.definition.ServerDocument;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Target;
import dev.pharos.probe.Depth;
import dev.pharos.probe.KeptSession;
import dev.pharos.probe.ProbeSettings;
import dev.pharos.probe.Prober;
import dev.pharos.testing.ManualTime;
import dev.pharos.testing.NothingLeftBehind;
import dev.pharos.trace.Failure;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tests of the toy fleet share: a fleet whose time they drive, and real looks at it. */
@ExtendWith(NothingLeftBehind.class)
@Timeout(60)
abstract class DemoTest {
  private static final Duration SHORT = Duration.ofSeconds(5);

  final ManualTime time = new ManualTime();

  /** How long the servers wanted to think; nobody waits for that. */
  final Queue<Duration> thoughts = new ConcurrentLinkedQueue<>();

  final Prober prober = new Prober(ProbeSettings.DEFAULT, InstantSource.system(), Ticker.system());

  @SuppressWarnings("NullAway.Init")
  DemoFleet fleet;

  @BeforeEach
  void start_the_fleet() throws IOException {
    fleet = DemoFleet.start(0, this::later, new SplittableRandom(1));
  }

  @AfterEach
  void close_everything() {
    prober.close();
    fleet.close();
  }

  private void later(Duration wait, Runnable task) {
    if (wait.compareTo(SHORT) < 0) {
      thoughts.add(wait);
      task.run();
    } else {
      time.later(wait, task);
    }
  }

  static FleetFile file(DemoFleet fleet) {
    return FleetFile.parseForeign(fleet.fleetFile());
  }

  ServerSpec spec(String name) {
    return spec(fleet, name);
  }

  static ServerSpec spec(DemoFleet fleet, String name) {
    ServerDocument document =
        file(fleet).documents().stream()
            .filter(each -> name.equals(each.name()))
            .findFirst()
            .orElseThrow();
    Reading reading = document.read(Rules.LOCAL);
    assertThat(reading.problems()).isEmpty();
    return Objects.requireNonNull(reading.spec());
  }

  Target target(String name) {
    return spec(name).target();
  }

  /** The same server, with a bearer token and a further header. */
  static Target with(Target target, String token, Map<String, Secret> headers) {
    return new Target(
        target.name(),
        target.transport(),
        new Credentials.Bearer(new Secret(token)),
        headers,
        target.expect(),
        target.timeout());
  }

  Observation healthy(Target target) {
    return passed(prober.look(target, WireTap.none()));
  }

  Failure failure(Target target) {
    return failed(prober.look(target, WireTap.none()));
  }

  static Outcome look(KeptSession session) {
    return session.look(Depth.ALL, WireTap.none());
  }

  static Observation passed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    return outcome.seen();
  }

  static Failure failed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).reason();
  }

  static List<String> names(DemoFleet fleet) {
    return file(fleet).documents().stream().map(ServerDocument::name).toList();
  }
}
