package dev.pharos.demo;

/** How long a server takes before it answers. */
@FunctionalInterface
interface Pace {
  /** At once. */
  Pace QUICK = _ -> {};

  /** Returns when it is time to answer a request for {@code method}. */
  void before(String method) throws InterruptedException;
}
