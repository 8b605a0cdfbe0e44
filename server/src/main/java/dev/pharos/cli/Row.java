package dev.pharos.cli;

import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.view.ResultView;
import tools.jackson.databind.node.ObjectNode;

/** What one server of a file came to. */
sealed interface Row {
  /** The server's name, or where in the file it stands. */
  String name();

  /** The exit code it asks for. */
  int exitCode();

  ObjectNode view();

  /** It was looked at. */
  record Looked(Target target, Outcome outcome) implements Row {
    @Override
    public String name() {
      return target.name();
    }

    @Override
    public int exitCode() {
      return ExitCode.of(outcome.verdict());
    }

    @Override
    public ObjectNode view() {
      return ResultView.of(target, outcome);
    }
  }

  /** It was not looked at. */
  record Unseen(String name, Why why, String message) implements Row {
    @Override
    public int exitCode() {
      return why.exitCode;
    }

    @Override
    public ObjectNode view() {
      return ResultView.unseen(name, why.wire, message);
    }
  }

  /** Why a server was not looked at. */
  enum Why {
    NEEDS_CONFIGURATION("needs_configuration", "needs configuration", ExitCode.UNHEALTHY),
    /** What its owner switched off is nobody's failure. */
    DISABLED("disabled", "disabled", ExitCode.HEALTHY),
    INVALID("invalid_definition", "invalid", ExitCode.UNHEALTHY),
    /** A bug in Pharos ended this look; the others went on. */
    BUG("internal_error", "bug in Pharos", ExitCode.UNHEALTHY);

    private final String wire;
    private final String words;
    private final int exitCode;

    Why(String wire, String words, int exitCode) {
      this.wire = wire;
      this.words = words;
      this.exitCode = exitCode;
    }

    String words() {
      return words;
    }
  }
}
