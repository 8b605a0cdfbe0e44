package dev.pharos.registry;

import dev.pharos.field.Problem;
import java.util.List;

/**
 * What importing a file does, or did. Names in the order of the file, removed ones sorted.
 *
 * @param removed only where the file owns its servers
 * @param leftOut what the file itself switches off or leaves open
 * @param problems what is wrong with the file; with any, an import changes nothing unless it was
 *     told to take the rest
 */
public record ImportPlan(
    List<String> added,
    List<Change> changed,
    List<String> unchanged,
    List<String> removed,
    List<Problem> leftOut,
    List<Problem> problems) {
  /**
   * A server that differs.
   *
   * @param fields which differ, never with their values
   */
  public record Change(String name, List<String> fields) {
    public Change {
      fields = List.copyOf(fields);
    }
  }

  public ImportPlan {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    unchanged = List.copyOf(unchanged);
    removed = List.copyOf(removed);
    leftOut = List.copyOf(leftOut);
    problems = List.copyOf(problems);
  }

  /** Whether the import finds everything as the file says. */
  public boolean changesNothing() {
    return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
  }
}
