package dev.pharos.trace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look carries through all layers: its stopwatch, its deadline, its tap, and what it notes
 * on the way. Not thread-safe: it belongs to the thread that looks.
 */
public final class Look {
  private static final int MAX_FINDINGS = 100;

  private final StageClock clock;
  private Deadline deadline;
  private final WireTap tap;
  private @Nullable List<Finding> findings;
  private @Nullable Certificate certificate;
  private long bytesRead;

  public Look(StageClock clock, Deadline deadline, WireTap tap) {
    this.clock = clock;
    this.deadline = deadline;
    this.tap = tap;
  }

  /**
   * A look inside this one, for talking to somebody else than the server under test: the same
   * deadline, but a stopwatch, certificate, count and findings of its own.
   *
   * @param first the stage it starts in
   * @param ear hears it in place of this look's tap
   */
  public Look child(Stage first, WireTap ear) {
    return new Look(clock.another(first), deadline, ear);
  }

  public StageClock clock() {
    return clock;
  }

  public Deadline deadline() {
    return deadline;
  }

  /**
   * Sets a nearer deadline for a part of the look and returns the former one, to be set again
   * afterwards.
   */
  public Deadline deadline(Deadline next) {
    Deadline former = deadline;
    deadline = next;
    return former;
  }

  public WireTap tap() {
    return tap;
  }

  /** Notes a finding; the same finding twice is noted once, and no more than 100 are kept. */
  public void note(FindingKind kind, String message) {
    if (findings == null) {
      findings = new ArrayList<>();
    }
    Finding finding = new Finding(kind, message);
    if (findings.size() < MAX_FINDINGS && !findings.contains(finding)) {
      findings.add(finding);
    }
  }

  public List<Finding> findings() {
    return findings == null ? List.of() : List.copyOf(findings);
  }

  /** Notes the certificate of the connection to the server under test. */
  public void certificate(Certificate seen) {
    certificate = seen;
  }

  public @Nullable Certificate certificate() {
    return certificate;
  }

  /** Counts body bytes after inflation. */
  public void read(long bytes) {
    bytesRead += bytes;
  }

  public long bytesRead() {
    return bytesRead;
  }
}
