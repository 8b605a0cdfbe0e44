package dev.pharos.probe;

import dev.pharos.mcp.Conversation;
import dev.pharos.mcp.Known;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import java.util.EnumSet;
import java.util.Set;

/** What is known of how a server speaks. Guarded by its session's lock. */
final class Acquaintance {
  /** Failures of HTTP that any server may have, whatever it speaks. */
  private static final Set<FailureKind> OUTAGE =
      EnumSet.of(
          FailureKind.LOCAL_RESOURCES,
          FailureKind.EMPTY_REPLY,
          FailureKind.RESET,
          FailureKind.TRUNCATED,
          FailureKind.HTTP_429,
          FailureKind.HTTP_500,
          FailureKind.HTTP_502,
          FailureKind.HTTP_503,
          FailureKind.HTTP_504,
          FailureKind.HTTP_5XX,
          FailureKind.TIMEOUT_FIRST_BYTE,
          FailureKind.TIMEOUT_BODY);

  private Known known = Known.NOTHING;

  Known known() {
    return known;
  }

  void opened(Conversation conversation) {
    known = new Known(conversation.era(), conversation.transport(), false);
  }

  /** An opening failed: the server may have changed how it speaks, and the next look finds out. */
  void failed(FailureKind kind) {
    if (!saysNothingOfSpeech(kind)) {
      known = Known.NOTHING;
    }
  }

  private static boolean saysNothingOfSpeech(FailureKind kind) {
    Stage stage = kind.stage();
    return kind == FailureKind.TIMEOUT
        || kind == FailureKind.PROCESS_EXIT
        || (stage != null && stage.compareTo(Stage.HTTP) < 0)
        || stage == Stage.AUTH
        || OUTAGE.contains(kind);
  }
}
