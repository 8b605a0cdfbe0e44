package dev.pharos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java cannot send by itself. */
public final class Signals {
  private Signals() {}

  /** Sends SIGUSR2 to a process that the test started. */
  public static void usr2(ProcessHandle process) {
    send("-USR2", process);
  }

  /** Sends SIGINT, as Ctrl-C does, to a process that the test started. */
  public static void interrupt(ProcessHandle process) {
    send("-INT", process);
  }

  private static void send(String signal, ProcessHandle process) {
    try {
      int exit = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill exited with " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
