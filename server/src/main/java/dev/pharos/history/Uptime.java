package dev.pharos.history;

import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of a stretch of time a server was up: counted by time, never by looks. What is not
 * known, and what was announced, is left out and can be shown beside it.
 *
 * @param from inclusive
 * @param to exclusive
 * @param time how long the server was in each state, for all states; time before the first span is
 *     in none
 * @param down what counted as down, oldest first, cut to the range
 */
public record Uptime(Instant from, Instant to, Map<SpanState, Duration> time, List<Span> down) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int RATIO_DIGITS = 15;
  private static final double BELOW_ONE = 0.999_999_999_999_999;

  public Uptime {
    time = Map.copyOf(time);
    down = List.copyOf(down);
  }

  /**
   * Adds up spans.
   *
   * @param spans oldest first, without overlap; they may reach out of the range
   * @param to not later than now: a span that lasts is taken to last until then
   */
  public static Uptime of(List<Span> spans, Instant from, Instant to) {
    Map<SpanState, Duration> time = new EnumMap<>(SpanState.class);
    for (SpanState state : SpanState.values()) {
      time.put(state, Duration.ZERO);
    }
    List<Span> down = new ArrayList<>();
    for (Span span : spans) {
      Span part = cut(span, from, to);
      if (part != null) {
        time.merge(part.state(), length(part, to), Duration::plus);
        if (part.state().known() && !part.state().up()) {
          down.add(part);
        }
      }
    }
    return new Uptime(from, to, time, down);
  }

  /**
   * The {@link #ratio} alone, for lists of many servers. It may differ from that in the last digit.
   *
   * @param spans oldest first, without overlap; they may reach out of the range
   * @param from at most some years before {@code to}
   * @param to not later than now
   */
  public static @Nullable Double ratio(List<Span> spans, Instant from, Instant to) {
    long known = 0;
    long up = 0;
    // Backwards: most ranges end with the last span, and leave out many of the first.
    for (int i = spans.size() - 1; i >= 0; i--) {
      Span span = spans.get(i);
      Instant end = span.to() == null || span.to().isAfter(to) ? to : span.to();
      if (!end.isAfter(from)) {
        break;
      }
      Instant begin = span.from().isBefore(from) ? from : span.from();
      long length = Math.max(0, nanos(begin, end));
      known += span.state().known() ? length : 0;
      up += span.state().up() ? length : 0;
    }
    if (known == 0) {
      return null;
    }
    return up == known ? 1.0 : Math.min((double) up / known, BELOW_ONE);
  }

  private static long nanos(Instant from, Instant to) {
    return (to.getEpochSecond() - from.getEpochSecond()) * 1_000_000_000
        + (to.getNano() - from.getNano());
  }

  /** Time in a state. */
  public Duration in(SpanState state) {
    return time.getOrDefault(state, Duration.ZERO);
  }

  /** Time of which it is known whether the server was up. */
  public Duration known() {
    return sum(true);
  }

  /** Time in which the server was up. */
  public Duration up() {
    return sum(false);
  }

  /**
   * Up by known, 0 to 1, or null when nothing is known. It is 1 only when the server was up all the
   * known time.
   */
  public @Nullable Double ratio() {
    BigDecimal share = share(RATIO_DIGITS);
    return share == null ? null : share.doubleValue();
  }

  /**
   * For people: {@code 99.99 %}, rounded down; {@code 100 %} only when the server was up all the
   * known time; {@code unknown} when nothing is known.
   */
  public String text() {
    BigDecimal share = share(4);
    if (share == null) {
      return "unknown";
    }
    return known().equals(up())
        ? "100 %"
        : share.multiply(HUNDRED).setScale(2, RoundingMode.DOWN).toPlainString() + " %";
  }

  /** Rounded down. */
  private @Nullable BigDecimal share(int digits) {
    Duration known = known();
    return known.isZero() ? null : nanos(up()).divide(nanos(known), digits, RoundingMode.DOWN);
  }

  private Duration sum(boolean all) {
    return time.entrySet().stream()
        .filter(each -> each.getKey().known() && (all || each.getKey().up()))
        .map(Map.Entry::getValue)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static BigDecimal nanos(Duration time) {
    return BigDecimal.valueOf(time.getSeconds(), -9).add(BigDecimal.valueOf(time.getNano()));
  }

  private static Duration length(Span part, Instant end) {
    return Duration.between(part.from(), part.to() == null ? end : part.to());
  }

  /** The part of a span that lies in the range, or null. */
  private static @Nullable Span cut(Span span, Instant from, Instant to) {
    Instant begin = span.from().isBefore(from) ? from : span.from();
    Instant end = span.to() == null || span.to().isAfter(to) ? to : span.to();
    if (!begin.isBefore(end)) {
      return null;
    }
    boolean lasts = span.to() == null;
    return new Span(span.state(), begin, lasts ? null : end, span.reason());
  }
}
