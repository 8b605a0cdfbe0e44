package dev.pharos.fleet;

import dev.pharos.trace.Failure;

/** What a look came to. What a remote server does is data: nothing here is an exception. */
public sealed interface Outcome {
  Observation seen();

  /** Everything that was asked for was answered. */
  record Passed(Observation seen) implements Outcome {}

  /** The server works, but a part that it advertises does not. */
  record Impaired(Observation seen, Failure reason) implements Outcome {}

  record Failed(Observation seen, Failure reason) implements Outcome {}

  /** Our own fault or nobody's: never counts against the server. */
  record Inconclusive(Observation seen, String detail) implements Outcome {}

  /** The same without the lists that were read. */
  default Outcome withoutLists() {
    if (seen().capabilities() == null) {
      return this;
    }
    Observation less = seen().withoutLists();
    return switch (this) {
      case Passed _ -> new Passed(less);
      case Impaired it -> new Impaired(less, it.reason());
      case Failed it -> new Failed(less, it.reason());
      case Inconclusive it -> new Inconclusive(less, it.detail());
    };
  }

  /**
   * The health that this one look speaks for, without history and without a threshold of slowness.
   */
  default Health verdict() {
    return switch (this) {
      case Passed _ -> Health.HEALTHY;
      case Impaired _ -> Health.DEGRADED;
      case Failed _ -> Health.UNHEALTHY;
      case Inconclusive _ -> Health.UNKNOWN;
    };
  }
}
