package dev.pharos.cli;

import java.util.Objects;

/** Which Pharos this is. */
final class Version {
  private Version() {}

  /** One line: our version, from the jar's manifest, and Java's. */
  static String line() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "pharos "
        + Objects.requireNonNullElse(version, "development")
        + " (Java "
        + Runtime.version().feature()
        + ")";
  }
}
