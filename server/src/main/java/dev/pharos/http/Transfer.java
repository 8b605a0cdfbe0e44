package dev.pharos.http;

import java.util.List;

/** Definitions in and out. Thread-safe. */
public interface Transfer {
  /**
   * What an import does to one server.
   *
   * @param change {@code created}, {@code updated}, {@code unchanged} or {@code skipped}
   * @param fields what is changed, never values
   * @param message why it was skipped; empty otherwise
   */
  record Change(String name, String change, List<String> fields, String message) {
    public Change {
      fields = List.copyOf(fields);
    }
  }

  /**
   * What an import does.
   *
   * @param problems what cannot be used; of a dry run only
   */
  record Imported(List<Change> changes, List<FieldError> problems) {
    public Imported {
      changes = List.copyOf(changes);
      problems = List.copyOf(problems);
    }
  }

  /**
   * Takes a client's configuration file or our own YAML: all of it or, when something in it cannot
   * be used, nothing.
   *
   * @param dryRun changes nothing and says what would be
   * @throws InvalidInput when something cannot be used and it is no dry run
   */
  Imported take(String text, boolean dryRun, String actor);

  /** Our YAML, without secrets: importing it again changes nothing. */
  String give();
}
