package dev.pharos.watch;

import dev.pharos.fleet.ServerId;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A look at every server, asked for by somebody: a few at a time, so that the fleet's own rhythm
 * goes on beside it. Thread-safe: guarded by itself.
 */
public final class Refresh {
  private static final int AT_ONCE = 64;

  private final long id;
  private final int total;
  private final Iterator<ServerId> rest;
  private final Function<ServerId, ? extends @Nullable CompletableFuture<?>> check;
  private int done;
  private int running;
  private boolean cancelled;

  Refresh(
      long id,
      List<ServerId> servers,
      Function<ServerId, ? extends @Nullable CompletableFuture<?>> check) {
    this.id = id;
    this.total = servers.size();
    this.rest = servers.iterator();
    this.check = check;
  }

  /**
   * How far it is.
   *
   * @param done servers that were looked at, or are not there any more
   * @param finished whether nothing more will be looked at for it
   */
  public record Progress(long id, int total, int done, boolean cancelled, boolean finished) {}

  public synchronized Progress progress() {
    boolean over = done == total || (cancelled && running == 0);
    return new Progress(id, total, done, cancelled, over);
  }

  /** Asks for no more looks; those that were asked for are made. */
  public synchronized void cancel() {
    cancelled = true;
  }

  void feed() {
    for (ServerId next = next(); next != null; next = next()) {
      CompletableFuture<?> look = check.apply(next);
      if (look == null) {
        ended();
      } else {
        var _ =
            look.whenComplete((_, _) -> {
              ended();
              feed();
            });
      }
    }
  }

  private synchronized @Nullable ServerId next() {
    if (cancelled || running == AT_ONCE || !rest.hasNext()) {
      return null;
    }
    running++;
    return rest.next();
  }

  private synchronized void ended() {
    running--;
    done++;
  }
}
