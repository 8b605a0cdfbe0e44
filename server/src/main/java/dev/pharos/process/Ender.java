package dev.pharos.process;

import java.time.Duration;
import java.util.Set;

/**
 * The way a child is brought to its end, as the protocol asks of clients that started a server:
 * close its stdin, wait, SIGTERM, wait, SIGKILL. And then what the protocol does not know of: what
 * the child left behind. Used once, by one thread.
 */
final class Ender {
  /** A sender that hangs for longer writes to a process that does not read. */
  private static final Duration SENDER_LEAVES = Duration.ofMillis(200);

  /** Nothing survives SIGKILL; but the kernel may hold a process in a hung file system. */
  private static final Duration KILL_WORKS = Duration.ofSeconds(1);

  private final Process process;
  private final Stdin stdin;
  private final Output output;
  private final Kin kin;

  Ender(Process process, Stdin stdin, Output output, Kin kin) {
    this.process = process;
    this.stdin = stdin;
    this.output = output;
    this.kin = kin;
  }

  Ending end(Duration grace) {
    Patience patience = new Patience();
    try {
      Ending.How how = leave(grace, patience);
      int leftovers = kin.killRest(patience);
      stdin.close(SENDER_LEAVES, patience);
      output.finish(patience);
      return new Ending(how, leftovers);
    } finally {
      patience.restore();
    }
  }

  private Ending.How leave(Duration grace, Patience patience) {
    if (!process.isAlive()) {
      return Ending.How.ALREADY_ENDED;
    }
    // Not every system can tell later what a process that is gone had started.
    kin.running();
    if (stdin.close(SENDER_LEAVES, patience) && patience.exited(process, grace)) {
      return Ending.How.STDIN_CLOSED;
    }
    // Through handles throughout: Process.destroy would close the pipes under their readers.
    kin.running().forEach(ProcessHandle::destroy);
    process.toHandle().destroy();
    if (patience.exited(process, grace)) {
      return Ending.How.TERMINATED;
    }
    // The child first: one whose own children end may start others in their place.
    Set<ProcessHandle> offspring = kin.running();
    process.toHandle().destroyForcibly();
    offspring.forEach(ProcessHandle::destroyForcibly);
    patience.exited(process, KILL_WORKS);
    return Ending.How.KILLED;
  }
}
