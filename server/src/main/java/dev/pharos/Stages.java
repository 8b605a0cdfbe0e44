package dev.pharos;

import dev.pharos.cluster.Errand;
import dev.pharos.cluster.Errands;
import dev.pharos.fleet.ServerId;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import dev.pharos.trace.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * How far looks are that other nodes make: asked of them, a few times a second for each server,
 * however many pages show it. Thread-safe.
 */
final class Stages {
  private static final Duration FRESH = Duration.ofMillis(250);
  private static final Duration WAIT = Duration.ofMillis(500);

  private record Asked(long at, CompletableFuture<String> answer) {}

  private final Errands errands;
  private final Ticker ticker;
  private final Map<ServerId, Asked> asked = new ConcurrentHashMap<>();

  Stages(Errands errands, Ticker ticker) {
    this.errands = errands;
    this.ticker = ticker;
  }

  /** Empty when no look runs, or the node that makes it does not answer soon. */
  List<StageTime> of(ServerId server) {
    long now = ticker.nanos();
    asked.values().removeIf(old -> now - old.at() > FRESH.toNanos());
    Asked one = asked.computeIfAbsent(server, id -> new Asked(now, ask(id)));
    try {
      return read(one.answer().get(WAIT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private CompletableFuture<String> ask(ServerId server) {
    try {
      return errands
          .ask(server, Errand.Kind.PROGRESS)
          .orTimeout(Errands.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  static String write(List<StageTime> stages) {
    return stages.stream()
        .map(each -> each.stage().name() + " " + each.micros())
        .collect(Collectors.joining("\n"));
  }

  static List<StageTime> read(String text) {
    return text.lines()
        .map(line -> line.split(" ", 2))
        .map(pair -> new StageTime(Stage.valueOf(pair[0]), Long.parseLong(pair[1])))
        .toList();
  }
}
