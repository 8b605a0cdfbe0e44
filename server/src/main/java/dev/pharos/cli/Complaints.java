package dev.pharos.cli;

import dev.pharos.config.BadConfiguration;
import dev.pharos.registry.Rejected;
import java.io.IOException;
import java.util.List;

/** What a command says when it cannot do its work, and the exit code that goes with it. */
record Complaints(String command, Shell shell) {
  /** A command's work. */
  @FunctionalInterface
  interface Work {
    int run() throws Exception;
  }

  /** Does the work; what a person can do something about becomes lines on stderr. */
  int guard(Work work) throws Exception {
    try {
      return work.run();
    } catch (UsageException e) {
      return say(ExitCode.USAGE, List.of(e.reason()));
    } catch (BadConfiguration e) {
      return say(ExitCode.USAGE, e.problems().stream().map(PlaceOptions::line).toList());
    } catch (Rejected e) {
      return say(ExitCode.USAGE, e.problems().stream().map(PlaceOptions::line).toList());
    } catch (IOException e) {
      String message = e.getMessage();
      return say(ExitCode.UNHEALTHY, List.of(message == null ? "cannot be done" : message));
    }
  }

  int say(int code, List<String> lines) {
    Printable printable = new Printable(shell.charset());
    for (String line : lines) {
      shell.err().println("pharos " + command + ": " + printable.line(line));
    }
    shell.err().flush();
    return code;
  }
}
