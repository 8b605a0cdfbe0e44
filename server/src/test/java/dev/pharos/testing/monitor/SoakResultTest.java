package dev.pharos.testing.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SoakResultTest {
  private static SoakResult result(IntUnaryOperator handlesAtSecond) {
    List<SoakSample> samples =
        IntStream.rangeClosed(0, 100)
            .mapToObj(second -> sample(second, 0, handlesAtSecond.applyAsInt(second)))
            .toList();
    return new SoakResult(samples, samples.getLast(), true, new JsonMapper().createObjectNode());
  }

  private static SoakSample sample(double seconds, long lost, int handles) {
    return new SoakSample(seconds, 0, 10 + lost, 4, 6, 0, 0, handles, 0, 0, 0, 0);
  }

  @Test
  void a_steady_growth_is_seen_as_what_it_is() {
    SoakResult.Trend trend = result(second -> 200 + 2 * second).trend(SoakSample::handles);

    assertThat(trend.growth()).isCloseTo(150, within(0.001));
    assertThat(trend.mean()).isCloseTo(325, within(0.001));
    assertThat(trend.flat(0.1, 100)).isFalse();
  }

  @Test
  void what_happens_in_the_warm_up_does_not_count_and_swings_are_no_growth() {
    SoakResult result = result(second -> second < 25 ? second : 100 + second % 2 * 20);

    assertThat(result.trend(SoakSample::handles).flat(0.02, 1)).isTrue();
  }

  @Test
  void a_session_that_is_neither_ended_nor_held_is_lost() {
    assertThat(sample(1, 0, 0).lost()).isZero();
    assertThat(sample(1, 3, 0).lost()).isEqualTo(3);
  }
}
