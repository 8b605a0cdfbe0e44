package dev.pharos.cluster;

import dev.pharos.fleet.ServerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both ends of errands: asks other nodes, and does what they ask. Thread-safe. */
public final class Errands {
  /** How often {@link #beat} is to be called, beside the store's own calls. */
  public static final Duration BEAT = Duration.ofMillis(500);

  /** An errand that nobody took for so long is taken by nobody any more. */
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

  /** Longer than any look takes. */
  private static final Duration OLD = Duration.ofMinutes(10);

  private final String node;
  private final ErrandStore store;
  private final Function<Errand, CompletableFuture<String>> work;
  private final Map<Long, CompletableFuture<String>> asked = new ConcurrentHashMap<>();
  private final ReentrantLock oneAtATime = new ReentrantLock();

  /**
   * @param work does an errand without blocking; a failed future leaves it unanswered
   */
  public Errands(String node, ErrandStore store, Function<Errand, CompletableFuture<String>> work) {
    this.node = node;
    this.store = store;
    this.work = work;
  }

  /**
   * Asks the owner of a server. Who waits bounds the time: when there is no owner, or it ends, the
   * answer comes late or never. A future that is cancelled is waited for no more.
   */
  public CompletableFuture<String> ask(ServerId server, Errand.Kind kind) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    long id = store.ask(server, kind);
    asked.put(id, answer);
    var _ = answer.whenComplete((_, _) -> asked.remove(id));
    return answer;
  }

  /** Does what others ask, and hears what they answered. */
  public void beat() {
    oneAtATime.lock();
    try {
      for (Errand each : store.take(node)) {
        var _ = work.apply(each).whenComplete((answer, fault) -> done(each, answer, fault));
      }
      if (!asked.isEmpty()) {
        store.answers(List.copyOf(asked.keySet())).forEach(this::answered);
      }
    } catch (RuntimeException e) {
      LOG.atDebug().setCause(e).log("The database is not reached: errands wait");
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Forgets old ones; called now and then. */
  public void tidy() {
    store.forget(OLD);
  }

  private void answered(long id, String answer) {
    CompletableFuture<String> waits = asked.get(id);
    if (waits != null) {
      waits.complete(answer);
    }
  }

  private void done(Errand errand, String answer, Throwable fault) {
    try {
      if (fault == null) {
        store.answer(errand.id(), answer);
      }
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("What another node asked for could not be answered");
    }
  }
}
