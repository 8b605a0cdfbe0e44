package dev.pharos.cli;

import dev.pharos.definition.ClientConfig;
import dev.pharos.definition.Definition;
import dev.pharos.field.Problem;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/** Looks at all servers of a file, several at once. */
final class FleetCheck {
  private static final int LOOKS = 8;

  /** A child process may unpack and compile half the world before it answers. */
  private static final int PROCESSES = 4;

  private final Semaphore looks = new Semaphore(LOOKS);
  private final Semaphore processes = new Semaphore(PROCESSES);
  private final Function<Target, Outcome> looker;
  private final Consumer<RuntimeException> bugs;
  private final Progress progress;

  /**
   * @param looker looks once, bounded by the target's timeout
   * @param bugs hears of looks that a bug ended
   */
  FleetCheck(Function<Target, Outcome> looker, Consumer<RuntimeException> bugs, Progress progress) {
    this.looker = looker;
    this.bugs = bugs;
    this.progress = progress;
  }

  /** The servers in the file's order, then what the file says wrongly. */
  List<Row> run(ClientConfig config) throws InterruptedException {
    List<Future<Row>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Definition definition : config.definitions()) {
        futures.add(threads.submit(() -> row(definition)));
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Future<Row> future : futures) {
      rows.add(result(future));
    }
    for (Problem problem : config.problems()) {
      rows.add(new Row.Unseen(problem.field(), Row.Why.INVALID, problem.message()));
    }
    return rows;
  }

  private static Row result(Future<Row> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Row row(Definition definition) throws InterruptedException {
    return switch (definition) {
      case Definition.Ready ready -> look(ready.target());
      case Definition.NeedsConfiguration needs ->
          new Row.Unseen(
              needs.name(),
              Row.Why.NEEDS_CONFIGURATION,
              "no value for " + String.join(", ", needs.missing()));
      case Definition.Disabled disabled ->
          new Row.Unseen(disabled.name(), Row.Why.DISABLED, "switched off in the file");
    };
  }

  private Row look(Target target) throws InterruptedException {
    boolean process = target.transport() instanceof Transport.Stdio;
    if (process) {
      processes.acquire();
    }
    try {
      looks.acquire();
      try {
        return lookNow(target);
      } finally {
        looks.release();
      }
    } finally {
      if (process) {
        processes.release();
      }
    }
  }

  private Row lookNow(Target target) {
    progress.began(target.name());
    try {
      Outcome outcome = looker.apply(target);
      progress.ended(target.name(), outcome.verdict());
      return new Row.Looked(target, outcome);
    } catch (RuntimeException e) {
      progress.ended(target.name(), Health.UNKNOWN);
      bugs.accept(e);
      return new Row.Unseen(
          target.name(), Row.Why.BUG, "this is a bug in Pharos, please report it");
    }
  }
}
