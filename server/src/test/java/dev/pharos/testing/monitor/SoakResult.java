package dev.pharos.testing.monitor;

import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;

/**
 * What a soak showed.
 *
 * @param samples in their order
 * @param last when all servers were well again
 * @param stopped whether the monitor ended by itself when it was told to
 * @param seen what the simulator had counted after that
 */
public record SoakResult(
    List<SoakSample> samples, SoakSample last, boolean stopped, JsonNode seen) {
  /** The first part, in which caches fill and compilers work, says nothing about leaks. */
  private static final double WARM = 0.25;

  /**
   * How a figure went.
   *
   * @param mean of the samples
   * @param growth over the time of the samples, as a straight line through them has it
   */
  public record Trend(double mean, double growth) {
    /** Whether it grew by no more than a share of its mean, or by no more than so much. */
    public boolean flat(double share, double atLeast) {
      return growth <= Math.max(atLeast, share * mean);
    }
  }

  /** How a figure went after the warm-up. */
  public Trend trend(ToDoubleFunction<SoakSample> figure) {
    double from = samples.getLast().seconds() * WARM;
    List<SoakSample> warm = samples.stream().filter(each -> each.seconds() >= from).toList();
    double meanX = warm.stream().mapToDouble(SoakSample::seconds).average().orElseThrow();
    double meanY = warm.stream().mapToDouble(figure).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    for (SoakSample each : warm) {
      double x = each.seconds() - meanX;
      xx += x * x;
      xy += x * (figure.applyAsDouble(each) - meanY);
    }
    double time = warm.getLast().seconds() - warm.getFirst().seconds();
    return new Trend(meanY, xx == 0 ? 0 : xy / xx * time);
  }

  /** Whether every session that was opened is ended or held, while nothing was on its way. */
  public boolean adds() {
    return last.lost() == 0 && last.looking() == 0;
  }

  /** Sessions that servers still had when the monitor was gone. */
  public long leftBehind() {
    return seen.path("sessions_held").asLong();
  }
}
