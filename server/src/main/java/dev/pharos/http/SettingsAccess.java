package dev.pharos.http;

import tools.jackson.databind.node.ObjectNode;

/** Settings that can be changed while Pharos runs. Thread-safe. */
public interface SettingsAccess {
  /**
   * One group of settings with all its fields.
   *
   * @throws NotThere when there is no such group
   */
  ObjectNode read(String key);

  /**
   * Changes the fields that are given; obeyed at once. Gives the whole group.
   *
   * @throws NotThere when there is no such group
   * @throws InvalidInput when a field cannot be used
   */
  ObjectNode change(String key, ObjectNode fields, String actor);
}
