package dev.pharos.demo;

import java.time.Duration;

/** Lets something happen later. */
@FunctionalInterface
interface Cue {
  /** Runs a short task once so much time has passed. */
  void later(Duration wait, Runnable task);
}
