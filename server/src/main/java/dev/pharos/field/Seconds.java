package dev.pharos.field;

import java.math.BigDecimal;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Durations as a JSON number of seconds. */
public final class Seconds {
  private Seconds() {}

  /** A whole number where it is one, else with up to three decimals. */
  public static JsonNode json(Duration duration) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return duration.toMillis() % 1000 == 0
        ? json.numberNode(duration.toSeconds())
        : json.numberNode(duration.toMillis() / 1000.0);
  }

  /** Seconds as people write them: {@code 30}, {@code 0.5}. */
  static String plain(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
  }
}
