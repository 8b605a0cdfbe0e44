package dev.pharos.testing.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** What is wrong with each server now. Used by the event loop's thread alone. */
final class Faults {
  private final EventLoop loop;
  private final IntConsumer killed;
  private final IntConsumer forgetful;
  private final Fault[] now;

  /** Counted up at each change, so that a flip of an older fault finds itself out of date. */
  private final int[] changes;

  private long flips;

  /**
   * @param killed told which server went down
   * @param forgetful told which server is to lose its sessions
   */
  Faults(int servers, EventLoop loop, IntConsumer killed, IntConsumer forgetful) {
    this.loop = loop;
    this.killed = killed;
    this.forgetful = forgetful;
    now = new Fault[servers];
    Arrays.fill(now, new Fault.None());
    changes = new int[servers];
  }

  Fault of(int server) {
    return now[server];
  }

  long flips() {
    return flips;
  }

  int down() {
    return (int) Arrays.stream(now).filter(Fault.Down.class::isInstance).count();
  }

  void set(int server, Fault fault) {
    changes[server]++;
    switch (fault) {
      case Fault.None _, Fault.Slow _, Fault.Status _ -> now[server] = fault;
      case Fault.Down _ -> {
        now[server] = fault;
        killed.accept(server);
      }
      case Fault.LoseSessions _ -> {
        now[server] = new Fault.None();
        forgetful.accept(server);
      }
      case Fault.Flip flip -> {
        now[server] = new Fault.None();
        scheduleFlip(server, flip, new SplittableRandom(flip.seed() * 31 + server));
      }
    }
  }

  private void scheduleFlip(int server, Fault.Flip flip, SplittableRandom random) {
    boolean up = !(now[server] instanceof Fault.Down);
    long mean = up ? flip.meanUpMillis() : flip.meanDownMillis();
    long millis = Math.round(-Math.log(1 - random.nextDouble()) * mean);
    int change = changes[server];
    loop.after(
        Duration.ofMillis(millis),
        () -> {
          if (changes[server] == change) {
            flip(server, up);
            scheduleFlip(server, flip, random);
          }
        });
  }

  private void flip(int server, boolean toDown) {
    flips++;
    if (toDown) {
      now[server] = new Fault.Down();
      killed.accept(server);
    } else {
      now[server] = new Fault.None();
    }
  }
}
