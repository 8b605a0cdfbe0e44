package dev.pharos.cli;

import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.trace.WireTap;

/** Looks at one server. Called by several threads at once. */
@FunctionalInterface
public interface Looker {
  /** One whole look; never throws for anything a server does. */
  Outcome look(Target target, WireTap tap);
}
