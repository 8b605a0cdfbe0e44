package dev.pharos.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.probe.ProbeSettings;
import dev.pharos.probe.Prober;
import dev.pharos.testing.NothingLeftBehind;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The toy process as it runs out of the packaged program. */
@ExtendWith(NothingLeftBehind.class)
class DemoJarIT {
  @Test
  void notes_runs_from_the_jar() {
    List<String> command = new ArrayList<>(NotesServer.command());
    String jar = Objects.requireNonNull(System.getProperty("pharos.jar"));
    command.set(command.indexOf("-cp") + 1, jar);
    Target target = Target.of("notes", new Transport.Stdio(command, Map.of(), null));
    try (Prober prober =
        new Prober(ProbeSettings.DEFAULT, InstantSource.system(), Ticker.system())) {
      Outcome outcome = prober.look(target, WireTap.none());
      assertThat(outcome).isInstanceOf(Outcome.Passed.class);
      assertThat(outcome.seen().counts().tools()).isEqualTo(6);
    }
  }
}
