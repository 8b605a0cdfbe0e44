package dev.pharos.http;

import dev.pharos.fleet.Standing;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes of the fleet. Thread-safe. A call that throws has changed nothing: {@link InvalidInput},
 * {@link NotThere}, {@link Conflict}, {@code NameTaken} and {@code StaleVersion} are answered as
 * they deserve. The actor is who asked, for the events.
 */
public interface FleetCommands {
  /** Registers a server; its first look starts at once. */
  Standing create(ObjectNode definition, String actor);

  /**
   * Changes the fields that are given; a secret given as dots stays as it is.
   *
   * @param changes with {@code version}, the edit is refused when the stored one is another
   */
  Standing change(String name, ObjectNode changes, String actor);

  void delete(String name, String actor);

  Standing enable(String name, String actor);

  Standing disable(String name, String actor);

  /** Closes the circuit by hand. */
  Standing resetCircuit(String name, String actor);
}
