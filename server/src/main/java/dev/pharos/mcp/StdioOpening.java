package dev.pharos.mcp;

import dev.pharos.process.ChildSpec;
import dev.pharos.trace.Deadline;
import dev.pharos.trace.Era;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Opens a conversation with a process. {@code server/discover} is asked first; a process that stays
 * silent is asked {@code initialize} as well, and one that ends over the question is started anew
 * for the handshake.
 */
final class StdioOpening {
  private final McpOpener opener;
  private final ChildSpec spec;
  private final Known known;
  private final Look look;

  StdioOpening(McpOpener opener, ChildSpec spec, Known known, Look look) {
    this.opener = opener;
    this.spec = spec;
    this.known = known;
    this.look = look;
  }

  Conversation open() throws FailureException {
    if (known.era() == Era.SESSION) {
      return inProcess(false);
    }
    try {
      return inProcess(true);
    } catch (FailureException e) {
      boolean again = e.kind() == FailureKind.PROCESS_EXIT && !pinnedStateless();
      if (!again || look.deadline().expired()) {
        throw e;
      }
      return inProcess(false);
    }
  }

  private boolean pinnedStateless() {
    return known.pinned() && known.era() == Era.STATELESS;
  }

  private Conversation inProcess(boolean discover) throws FailureException {
    Stdio link = Stdio.start(spec, opener, look);
    boolean opened = false;
    try {
      Opening opening = new Opening(opener, look);
      Conversation conversation = discover ? negotiate(opening, link) : handshake(opening, link);
      opened = true;
      return conversation;
    } finally {
      if (!opened) {
        link.end(look);
      }
    }
  }

  private Conversation negotiate(Opening opening, Stdio link) throws FailureException {
    Call<JsonNode> call = opening.discover(Revision.NEWEST_STATELESS);
    link.post(call, look);
    Opening.Discovery discovery = firstAnswer(opening, link, call);
    if (discovery == null) {
      return afterSilence(opening, link, call);
    }
    return switch (discovery) {
      case Opening.Discovery.Stateless found -> opening.stateless(link, found);
      case Opening.Discovery.Older older -> older(opening, link, older);
    };
  }

  private Conversation older(Opening opening, Stdio link, Opening.Discovery.Older older)
      throws FailureException {
    if (pinnedStateless()) {
      throw new FailureException(
          FailureKind.NOT_MCP, "server/discover was answered with " + older.answer());
    }
    return handshake(opening, link);
  }

  /** The answer to the discovery, or null when the process stays silent for long. */
  private Opening.@Nullable Discovery firstAnswer(Opening opening, Stdio link, Call<JsonNode> call)
      throws FailureException {
    Deadline whole = look.deadline();
    if (!pinnedStateless()) {
      look.deadline(whole.within(opener.settings().discoverWait()));
    }
    try {
      link.await(call, look);
      return discovered(opening, link, call);
    } catch (FailureException e) {
      boolean silent =
          e.kind() == FailureKind.TIMEOUT
              || e.kind() == FailureKind.STDOUT_NOISE
              || e.kind() == FailureKind.ID_MISMATCH;
      if (!silent || pinnedStateless()) {
        throw e;
      }
      return null;
    } finally {
      look.deadline(whole);
    }
  }

  private Opening.Discovery discovered(Opening opening, Stdio link, Call<JsonNode> call)
      throws FailureException {
    RpcError error = call.error();
    if (error == null || error.code() != RpcError.UNSUPPORTED_VERSION) {
      return opening.understand(call, null);
    }
    List<String> supported = error.supportedVersions();
    String mutual = Revision.newestMutual(supported, Era.STATELESS);
    if (mutual == null) {
      return new Opening.Discovery.Older(error.describe());
    }
    Call<JsonNode> again = opening.discover(mutual);
    link.send(again, look);
    return opening.understand(again, null);
  }

  /** A slow starter reads both questions in order: a late answer to the first one counts. */
  private Conversation afterSilence(Opening opening, Stdio link, Call<JsonNode> discover)
      throws FailureException {
    Call<JsonNode> initialize = opening.initialize(Revision.NEWEST_SESSION);
    link.send(initialize, look);
    if (link.late(discover, look)
        && opening.understand(discover, null) instanceof Opening.Discovery.Stateless found) {
      return opening.stateless(link, found);
    }
    return opening.agree(link, initialize);
  }

  private Conversation handshake(Opening opening, Stdio link) throws FailureException {
    Call<JsonNode> call = opening.initialize(Revision.NEWEST_SESSION);
    link.send(call, look);
    RpcError error = call.error();
    String other = error == null ? null : Opening.otherVersion(error);
    if (other != null) {
      call = opening.initialize(other);
      link.send(call, look);
    }
    return opening.agree(link, call);
  }
}
