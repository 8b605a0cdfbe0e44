package dev.pharos.testing.monitor;

import java.util.Locale;

/**
 * What a monitor held at one moment of a soak.
 *
 * @param seconds since the begin
 * @param opened total of sessions
 * @param ended total of sessions
 * @param conversations kept now, each with a session
 * @param looking looks on their way; while there are some, the three before need not add up
 * @param unwell servers that are not healthy
 * @param heap bytes that live
 * @param resident bytes of memory
 * @param database bytes
 */
public record SoakSample(
    double seconds,
    long looks,
    long opened,
    long ended,
    long conversations,
    long looking,
    long unwell,
    int handles,
    int threads,
    long heap,
    long resident,
    long database) {
  public static final String HEADING =
      "%7s %9s %8s %8s %6s %7s %6s %7s %7s %8s %8s %8s"
          .formatted(
              "s",
              "looks",
              "opened",
              "ended",
              "held",
              "looking",
              "unwell",
              "handles",
              "threads",
              "heap MiB",
              "RSS MiB",
              "DB MiB");

  private static final double MEBI = 1024 * 1024;

  /** Sessions that were opened and are neither ended nor held. */
  public long lost() {
    return opened - ended - conversations;
  }

  public String line() {
    return String.format(
        Locale.ROOT,
        "%7.0f %9d %8d %8d %6d %7d %6d %7d %7d %8.1f %8.1f %8.1f",
        seconds,
        looks,
        opened,
        ended,
        conversations,
        looking,
        unwell,
        handles,
        threads,
        heap / MEBI,
        resident / MEBI,
        database / MEBI);
  }
}
