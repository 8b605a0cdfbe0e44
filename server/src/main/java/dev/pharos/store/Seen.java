package dev.pharos.store;

import dev.pharos.fleet.Facts;
import dev.pharos.fleet.Outcome;
import dev.pharos.trace.Failure;
import org.jspecify.annotations.Nullable;

/** What the tables take from an outcome. */
final class Seen {
  private Seen() {}

  /** Whether the server answered what it was asked, wholly or in part. */
  static boolean answered(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _, Outcome.Impaired _ -> true;
      case Outcome.Failed _, Outcome.Inconclusive _ -> false;
    };
  }

  /** The response time; a look without an answer has none, however long it took. */
  static @Nullable Long responseMicros(Outcome outcome) {
    return answered(outcome) ? outcome.seen().tookMicros() : null;
  }

  static @Nullable Failure reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _, Outcome.Inconclusive _ -> null;
      case Outcome.Impaired it -> it.reason();
      case Outcome.Failed it -> it.reason();
    };
  }

  static @Nullable String message(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> null;
      case Outcome.Inconclusive it -> it.detail();
      case Outcome.Impaired it -> it.reason().message();
      case Outcome.Failed it -> it.reason().message();
    };
  }

  /**
   * The newest that is known of a server. A look that was answered knows all, one that failed knows
   * a part; one that says nothing about the server changes nothing.
   */
  static Facts facts(Facts before, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _, Outcome.Impaired _ -> outcome.seen().facts();
      case Outcome.Failed it -> it.seen().facts().after(before);
      case Outcome.Inconclusive _ -> before;
    };
  }
}
