package dev.pharos.cli;

import dev.pharos.definition.FleetFile;
import dev.pharos.registry.ImportPlan;
import java.io.IOException;

/**
 * The definitions of a monitor, running or not. All methods throw an {@link IOException} with one
 * sentence when the monitor cannot be asked.
 */
public interface FleetAccess extends AutoCloseable {
  /** What importing a file would do. */
  ImportPlan plan(FleetFile file) throws IOException;

  /** Imports a file, or nothing of it when it has problems; the plan says which. */
  ImportPlan take(FleetFile file) throws IOException;

  /** All definitions as our YAML. */
  String export() throws IOException;

  @Override
  void close();
}
