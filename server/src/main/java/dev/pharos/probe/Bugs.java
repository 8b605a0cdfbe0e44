package dev.pharos.probe;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports faults of our own. */
final class Bugs {
  private static final Logger LOG = LoggerFactory.getLogger(Bugs.class);

  private Bugs() {}

  static void report(RuntimeException bug, String target) {
    LOG.atError()
        .addKeyValue("server", target)
        .setCause(bug)
        .log("A look ended in a fault of Pharos itself; please report it");
  }
}
