package dev.pharos.registry;

import dev.pharos.definition.FleetFile;
import dev.pharos.definition.Reading;
import dev.pharos.definition.Rules;
import dev.pharos.definition.ServerDocument;
import dev.pharos.event.EventBus;
import dev.pharos.field.Problem;
import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.Target;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Adds, changes and retires servers. What cannot be done is {@link Rejected}, with everything that
 * is wrong at once, and then nothing was changed. Each change is stored together with its event,
 * then published, then told to the listener; one at a time, so that all hear of them in one order.
 * Thread-safe; blocks for as long as the store does.
 *
 * <p>An {@code actor} is who did it, for the journal: {@code admin}, {@code api}, the name of a
 * file.
 */
public final class Registry {
  static final String TAKEN = "is the name of another server: choose another one";

  /** What may be decided of a server whose definition a file owns. */
  private static final Set<String> NEVER_LOCKED = Set.of("status", "maintenance");

  private final ServerStore store;
  private final Writing writing;
  private final FleetListener listener;
  private final InstantSource clock;
  private final Rules rules;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  public Registry(
      ServerStore store, EventBus bus, FleetListener listener, InstantSource clock, Rules rules) {
    this.store = store;
    this.writing = new Writing(store, bus, listener);
    this.listener = listener;
    this.clock = clock;
    this.rules = rules;
  }

  /** Registers a server. */
  public Standing add(ServerDocument document, String actor) {
    return alone(() -> {
      Reading reading = document.read(rules);
      List<Problem> problems = new ArrayList<>(reading.problems());
      String name = document.name();
      if (name != null && store.byName(name).isPresent()) {
        problems.add(new Problem("name", TAKEN));
      }
      refuse(problems);
      return writing.insert(reading, null, now(), actor);
    });
  }

  /**
   * Changes what the document names; what it leaves out stays, what it says is null goes back to
   * its default. With a {@code version} in it, only when that is still the stored one.
   */
  public Standing edit(String name, ServerDocument patch, String actor) {
    try {
      return tryEdit(name, patch, actor);
    } catch (Rejected e) {
      if (e.reason() == Rejected.Reason.STALE && !patch.namesVersion()) {
        // Not the caller's doing: the circuit gave the server up, or it came back, in between.
        return tryEdit(name, patch, actor);
      }
      throw e;
    }
  }

  private Standing tryEdit(String name, ServerDocument patch, String actor) {
    return alone(() -> {
      Standing before = find(name);
      Server server = before.server();
      Reading reading = patch.patch(server, rules);
      if (reading.version() != null && reading.version() != server.version()) {
        throw Rejected.stale(new StaleVersion(name, server.version()));
      }
      List<Problem> problems = new ArrayList<>(reading.problems());
      String renamed = patch.name();
      if (renamed != null && !renamed.equals(name) && store.byName(renamed).isPresent()) {
        problems.add(new Problem("name", TAKEN));
      }
      refuse(problems);
      ServerSpec spec = Objects.requireNonNull(reading.spec());
      Instant now = now();
      Decision decision = Decision.of(before, spec, reading, server.managedBy(), now);
      if (!NEVER_LOCKED.containsAll(decision.fields())) {
        refuseManaged(server);
      }
      return writing.update(decision, now, actor);
    });
  }

  /** Removes a server with all its history. */
  public void remove(String name, String actor) {
    alone(() -> {
      Server server = find(name).server();
      refuseManaged(server);
      writing.delete(server, now(), actor);
      return server;
    });
  }

  /** Has a server looked at again, also one that the circuit gave up. */
  public Standing enable(String name, String actor) {
    return decide(name, AdminStatus.ACTIVE, null, actor);
  }

  /** Has a server not looked at. */
  public Standing disable(String name, String actor) {
    return decide(name, AdminStatus.INACTIVE, null, actor);
  }

  /** Announces that a server may be down, or that this is over. */
  public Standing maintenance(String name, boolean on, String actor) {
    return decide(name, null, on, actor);
  }

  private Standing decide(
      String name, @Nullable AdminStatus status, @Nullable Boolean maintenance, String actor) {
    return alone(() -> {
      Standing before = find(name);
      Server server = before.server();
      Instant now = now();
      Decision decision =
          Decision.of(before, server.spec(), status, maintenance, server.managedBy(), now);
      return writing.update(decision, now, actor);
    });
  }

  /** Asks for a server's circuit to be closed; the circuit's own event follows when it was not. */
  public Standing resetCircuit(String name) {
    return alone(() -> {
      Standing standing = find(name);
      listener.circuitReset(standing);
      return standing;
    });
  }

  /** What a look at an unsaved server needs to know; the document need not give a name. */
  public Target draft(ServerDocument document) {
    Reading reading = document.named("unsaved").read(rules);
    refuse(reading.problems());
    return Objects.requireNonNull(reading.spec()).target();
  }

  /** What importing a file would do. */
  public ImportPlan plan(FleetFile file) {
    return alone(() -> importing(file, null).plan());
  }

  /**
   * Imports a file: adds and changes servers, removes none.
   *
   * @param despiteProblems whether to take what is right of a file that has problems; else it is
   *     rejected as a whole
   */
  public ImportPlan apply(FleetFile file, boolean despiteProblems, String actor) {
    return alone(() -> carryOut(importing(file, null), null, despiteProblems, actor));
  }

  /** What reconciling would do. */
  public ImportPlan planReconcile(FleetFile file, String owner) {
    return alone(() -> importing(file, owner).plan());
  }

  /**
   * Makes the fleet follow a configuration file: its servers are added, changed or adopted; those
   * that a file owned and this one does not name are removed. A file with problems is rejected as a
   * whole.
   *
   * @param owner the file's name, as people are to see it
   */
  public ImportPlan reconcile(FleetFile file, String owner) {
    return alone(() -> carryOut(importing(file, owner), owner, false, owner));
  }

  /** Gives all servers that a file owned back to people: for a start without a file. */
  public void release(String actor) {
    alone(() -> {
      Instant now = now();
      for (Standing each : store.all()) {
        if (each.server().managedBy() != null) {
          Decision free = Decision.of(each, each.server().spec(), null, null, null, now);
          writing.update(free, now, actor);
        }
      }
      return now;
    });
  }

  /** All definitions in our YAML; importing it changes nothing. */
  public String export() {
    return FleetFile.write(store.all());
  }

  private Importing importing(FleetFile file, @Nullable String owner) {
    return new Importing(file, owner, store.all(), rules, now());
  }

  private ImportPlan carryOut(
      Importing importing, @Nullable String owner, boolean despiteProblems, String actor) {
    ImportPlan plan = importing.plan();
    if (!despiteProblems) {
      refuse(plan.problems());
    }
    Instant now = now();
    importing.removed().forEach(server -> writing.delete(server, now, actor));
    writing.write(importing.changed(), importing.added(), owner, now, actor);
    return plan;
  }

  private Standing find(String name) {
    return store.byName(name).orElseThrow(() -> Rejected.unknown(name));
  }

  private static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new Rejected(Rejected.Reason.INVALID, problems);
    }
  }

  private static void refuseManaged(Server server) {
    if (server.managedBy() != null) {
      throw new Rejected(
          Rejected.Reason.LOCKED,
          "name",
          "\""
              + server.spec().name()
              + "\" is managed by "
              + server.managedBy()
              + ": change it there");
    }
  }

  /** Stores count microseconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private <T> T alone(Supplier<T> work) {
    oneAtATime.lock();
    try {
      return work.get();
    } finally {
      oneAtATime.unlock();
    }
  }
}
