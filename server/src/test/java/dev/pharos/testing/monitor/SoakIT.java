package dev.pharos.testing.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two minutes of what {@code ./bench soak} does for an hour: the packaged program watches servers
 * that are killed, slow, faulty and forgetful at random.
 */
@Timeout(600)
class SoakIT {
  private static final int SERVERS = 300;
  private static final long SEED = 7;

  @TempDir private Path data;

  @Test
  void nothing_is_left_behind_and_nothing_grows() throws Exception {
    Path jar = Path.of(Objects.requireNonNull(System.getProperty("pharos.jar")));
    SoakSettings settings =
        new SoakSettings(
            jar,
            List.of("-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED"),
            data,
            Duration.ofMinutes(2),
            SERVERS,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            SEED);

    SoakResult result = Soak.run(settings, _ -> {});

    SoakSample last = result.last();
    assertThat(last.opened()).as("sessions opened").isGreaterThan(SERVERS);
    assertThat(last.ended() + last.conversations()).as("ended or held").isEqualTo(last.opened());
    assertThat(last.unwell()).as("servers that are not well again").isZero();
    assertThat(result.stopped()).as("ended when told to").isTrue();
    // A server that answers the DELETE of a session with a fault keeps it: few do at that moment.
    assertThat(result.leftBehind())
        .as("sessions that servers still hold")
        .isLessThanOrEqualTo(last.opened() / 100);
    // A leak of one for each look, or for each fault, would be hundreds.
    assertFlat(result, "handles", SoakSample::handles, 100);
    assertFlat(result, "threads", SoakSample::threads, 8);
    assertFlat(result, "heap", SoakSample::heap, 8 << 20);
  }

  private static void assertFlat(
      SoakResult result, String name, ToDoubleFunction<SoakSample> figure, double atLeast) {
    assertThat(result.trend(figure))
        .as("%s of %s", name, result.samples())
        .matches(trend -> trend.flat(0.1, atLeast));
  }
}
