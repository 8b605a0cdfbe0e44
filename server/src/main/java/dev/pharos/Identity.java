package dev.pharos;

import dev.pharos.cluster.Node;
import dev.pharos.probe.ProbeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** Who this process is, among those that share a fleet. */
final class Identity {
  private static final int RANDOM_BYTES = 6;
  private static final int MAX_NAME = 60;

  private Identity() {}

  static Node node(InstantSource clock) {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String name = machine();
    String id = name + "-" + HexFormat.of().formatHex(random);
    return new Node(
        id,
        name,
        ProbeSettings.VERSION,
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        0,
        Duration.ZERO);
  }

  /** Without asking the network, which may be slow or away. */
  private static String machine() {
    String name = System.getenv("HOSTNAME");
    if (name == null || name.isBlank()) {
      try {
        name = Files.readString(Path.of("/etc/hostname"));
      } catch (IOException e) {
        name = "node";
      }
    }
    String plain = name.strip().replaceAll("[^a-zA-Z0-9.-]", "-");
    return plain.isEmpty() ? "node" : plain.substring(0, Math.min(MAX_NAME, plain.length()));
  }
}
