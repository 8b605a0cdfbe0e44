package dev.pharos;

import dev.pharos.http.Web;
import dev.pharos.watch.Pulse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Prepares the first list of servers in the background, a little at a time, after each start. */
final class Rehearsing implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(50);

  private final Pulse pulse;
  private final Web web;
  private volatile Pulse.@Nullable Beat beat;

  Rehearsing(Pulse pulse, Web web) {
    this.pulse = pulse;
    this.web = web;
  }

  void start() {
    beat = pulse.every("rehearsal", EVERY, this::next);
  }

  private void next() {
    boolean more = false;
    try {
      more = web.rehearse();
    } finally {
      if (!more) {
        close();
      }
    }
  }

  @Override
  public void close() {
    Pulse.Beat running = beat;
    if (running != null) {
      running.close();
    }
  }
}
