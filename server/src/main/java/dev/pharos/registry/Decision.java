package dev.pharos.registry;

import dev.pharos.definition.Reading;
import dev.pharos.definition.ServerDocument;
import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a registered server.
 *
 * @param fields what changes, by the names of the document; empty when nothing does
 */
record Decision(Standing before, Server after, List<String> fields) {
  Decision {
    fields = List.copyOf(fields);
  }

  /**
   * @param spec the new definition
   * @param status null leaves it
   * @param maintenance null leaves it
   */
  static Decision of(
      Standing before,
      ServerSpec spec,
      @Nullable AdminStatus status,
      @Nullable Boolean maintenance,
      @Nullable String managedBy,
      Instant now) {
    Server old = before.server();
    Server after =
        new Server(
            old.id(),
            spec,
            status == null ? old.status() : status,
            managedBy,
            maintenance == null ? old.maintenance() : maintenance,
            old.createdAt(),
            now,
            old.version());
    List<String> fields = new ArrayList<>(ServerDocument.differences(old, after));
    // The circuit may have given up what a person left active: enabling it is a change all the
    // same.
    if (status == AdminStatus.ACTIVE && !before.memory().active() && !fields.contains("status")) {
      fields.add("status");
    }
    if (!Objects.equals(old.managedBy(), managedBy)) {
      fields.add("managed_by");
    }
    return new Decision(before, after, fields);
  }

  /** By a document that was read without problems. */
  static Decision of(
      Standing before, ServerSpec spec, Reading reading, @Nullable String managedBy, Instant now) {
    return of(before, spec, reading.status(), reading.maintenance(), managedBy, now);
  }

  /** The word for it in the journal. */
  String change() {
    return !fields.equals(List.of("status"))
        ? "updated"
        : after.status() == AdminStatus.ACTIVE ? "enabled" : "disabled";
  }

  /** Tells a listener, once it is stored. */
  void tell(FleetListener listener, Standing now) {
    Set<Aspect> aspects = Aspect.of(fields);
    if (!aspects.isEmpty()) {
      listener.changed(before.server(), now, aspects);
    }
    if (fields.contains("status")) {
      if (after.status() == AdminStatus.ACTIVE) {
        listener.enabled(now);
      } else {
        listener.disabled(now);
      }
    }
    if (fields.contains("maintenance")) {
      listener.maintenance(now);
    }
  }
}
