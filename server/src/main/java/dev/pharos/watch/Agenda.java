package dev.pharos.watch;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.ReuseCheck;
import dev.pharos.fleet.ServerId;
import dev.pharos.probe.Depth;
import java.time.Duration;

/** How much the next look at a server must ask for. Guarded by its post. */
final class Agenda {
  /** Between two looks because a server hinted that a list changed. */
  private static final long HINT_GAP = Duration.ofSeconds(30).toNanos();

  private final ServerId id;
  private boolean first = true;
  private boolean impaired;
  private boolean hinted;
  private long hintServedAt = Long.MIN_VALUE / 2;
  private long listedAt;
  private long openedAt;

  Agenda(ServerId id) {
    this.id = id;
  }

  /** Everything anew: another session. */
  void reset() {
    first = true;
    impaired = false;
    hinted = false;
  }

  /**
   * Whether the session is old enough for a fresh handshake: before the hour, and not all at once.
   */
  boolean renews(long now, Duration renewAfter) {
    double share = 0.75 + Spread.share(id) * 0.2;
    return !first && now - openedAt >= (long) (renewAfter.toNanos() * share);
  }

  /**
   * @param lasting how long lists that were read stay good
   */
  Depth depth(HealthMemory memory, ReuseCheck usual, long now, Duration lasting) {
    boolean recovering = memory.health() == Health.UNHEALTHY || memory.health() == Health.UNKNOWN;
    if (first || impaired || hinted || recovering || now - listedAt >= lasting.toNanos()) {
      return Depth.ALL;
    }
    return switch (usual) {
      case TOOLS -> Depth.TOOLS;
      case PING -> Depth.PING;
    };
  }

  /** A look began: what is hinted from now on needs another. */
  void began(boolean renewed, Depth depth, long now) {
    if (first || renewed) {
      openedAt = now;
    }
    if (depth == Depth.ALL && hinted) {
      hinted = false;
      hintServedAt = now;
    }
  }

  void ended(Outcome outcome, Depth depth, long now) {
    switch (outcome) {
      case Outcome.Passed _ -> listed(depth, now, false);
      case Outcome.Impaired _ -> listed(depth, now, true);
      case Outcome.Failed _, Outcome.Inconclusive _ -> {
        // The lists are as old as they were.
      }
    }
  }

  private void listed(Depth depth, long now, boolean partly) {
    if (depth == Depth.ALL) {
      first = false;
      impaired = partly;
      listedAt = now;
    }
  }

  /** What was read could not be kept: everything is read again. */
  void missed() {
    listedAt = Long.MIN_VALUE / 2;
  }

  /** The server hints that a list changed; returns when to look. */
  long hint(long now) {
    hinted = true;
    return Math.max(now, hintServedAt + HINT_GAP);
  }
}
