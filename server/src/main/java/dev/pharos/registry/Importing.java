package dev.pharos.registry;

import dev.pharos.definition.FleetFile;
import dev.pharos.definition.Reading;
import dev.pharos.definition.Rules;
import dev.pharos.definition.ServerDocument;
import dev.pharos.field.FieldPath;
import dev.pharos.field.Problem;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a file with the fleet. Works on one file, once; not thread-safe. */
final class Importing {
  private final FleetFile file;
  private final @Nullable String owner;
  private final Rules rules;
  private final Instant now;
  private final Map<String, Standing> fleet = new HashMap<>();
  private final Set<String> named = new HashSet<>();

  private final List<Reading> added = new ArrayList<>();
  private final List<Decision> changed = new ArrayList<>();
  private final List<String> unchanged = new ArrayList<>();
  private final List<Server> removed = new ArrayList<>();
  private final List<Problem> problems;

  /**
   * @param owner the configuration file that is to own its servers, or null for a mere import
   */
  Importing(
      FleetFile file, @Nullable String owner, List<Standing> fleet, Rules rules, Instant now) {
    this.file = file;
    this.owner = owner;
    this.rules = rules;
    this.now = now;
    this.problems = new ArrayList<>(file.problems());
    fleet.forEach(standing -> this.fleet.put(standing.server().spec().name(), standing));
    file.documents().forEach(this::compare);
    if (owner != null) {
      fleet.stream()
          .map(Standing::server)
          .filter(server -> server.managedBy() != null && !named.contains(server.spec().name()))
          .sorted(Comparator.comparing(server -> server.spec().name()))
          .forEach(removed::add);
    }
  }

  private void compare(ServerDocument document) {
    String name = document.name();
    if (name != null && !named.add(name)) {
      String field = FieldPath.child(document.path(), "name");
      problems.add(new Problem(field, "is there twice in the file: choose another name"));
      return;
    }
    Standing standing = name == null ? null : fleet.get(name);
    Reading reading = read(document, standing == null ? null : standing.server());
    problems.addAll(reading.problems());
    if (reading.spec() == null) {
      return;
    }
    if (standing == null) {
      added.add(reading);
    } else {
      decide(document, standing, reading);
    }
  }

  private Reading read(ServerDocument document, @Nullable Server current) {
    if (current == null) {
      return document.read(rules);
    }
    return file.complete() ? document.replace(current, rules) : document.patch(current, rules);
  }

  private void decide(ServerDocument document, Standing standing, Reading reading) {
    String managedBy = standing.server().managedBy();
    Decision decision =
        Decision.of(
            standing,
            Objects.requireNonNull(reading.spec()),
            reading,
            owner == null ? managedBy : owner,
            now);
    if (decision.fields().isEmpty()) {
      unchanged.add(standing.server().spec().name());
    } else if (owner == null && managedBy != null) {
      problems.add(
          new Problem(document.path(), "is managed by " + managedBy + ": change it there"));
    } else {
      changed.add(decision);
    }
  }

  List<Reading> added() {
    return added;
  }

  List<Decision> changed() {
    return changed;
  }

  List<Server> removed() {
    return removed;
  }

  ImportPlan plan() {
    return new ImportPlan(
        added.stream().map(reading -> Objects.requireNonNull(reading.spec()).name()).toList(),
        changed.stream()
            .map(each -> new ImportPlan.Change(each.after().spec().name(), each.fields()))
            .toList(),
        unchanged,
        removed.stream().map(server -> server.spec().name()).toList(),
        file.leftOut(),
        problems);
  }
}
