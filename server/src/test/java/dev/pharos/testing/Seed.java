package dev.pharos.testing;

import java.util.SplittableRandom;

/**
 * The seed of a randomised test: printed, and taken from {@code -Dpharos.seed=} to repeat a run.
 */
public final class Seed {
  private static final String PROPERTY = "pharos.seed";

  private Seed() {}

  /** The seed of this run for a test. */
  public static long of(Class<?> test) {
    Long given = Long.getLong(PROPERTY);
    long seed = given == null ? new SplittableRandom().nextLong() : given;
    System.out.printf("%s: to repeat, -D%s=%d%n", test.getSimpleName(), PROPERTY, seed);
    return seed;
  }
}
