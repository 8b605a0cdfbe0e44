package dev.pharos.mcp;

import dev.pharos.trace.Era;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The part of opening a conversation that all transports share: discovery, and the handshake of the
 * session era.
 */
final class Opening {
  private final McpOpener opener;
  private final Look look;
  private long lastId;

  Opening(McpOpener opener, Look look) {
    this.opener = opener;
    this.look = look;
  }

  /** What a server made of {@code server/discover}. */
  sealed interface Discovery {
    /** It speaks the stateless era. */
    record Stateless(Handshake handshake, String revision) implements Discovery {}

    /** It does not understand: an older server. */
    record Older(String answer) implements Discovery {}
  }

  Call<JsonNode> discover(String revision) {
    long id = ++lastId;
    return new Call<>(
        opener.json(),
        "server/discover",
        id,
        opener.requests().stateless(id, "server/discover", "", revision),
        (parser, _, _) -> opener.json().tree(parser));
  }

  /** Asks what the server is; understands a corrected version once. */
  Discovery discover(Link link) throws FailureException {
    String revision = Revision.NEWEST_STATELESS;
    for (int attempt = 0; ; attempt++) {
      link.agree(revision, false);
      Call<JsonNode> call = discover(revision);
      Refused refused = link.send(call, look);
      if (refused != null && refused.outage()) {
        throw refused.failure("server/discover");
      }
      RpcError error = refused == null ? call.error() : refused.error();
      if (error == null || error.code() != RpcError.UNSUPPORTED_VERSION) {
        return understand(call, refused);
      }
      String corrected = corrected(error, attempt);
      if (corrected == null) {
        return new Discovery.Older(error.describe());
      }
      revision = corrected;
    }
  }

  /** The version to try next after -32022; null for the handshake of the session era. */
  private static @Nullable String corrected(RpcError error, int attempt) throws FailureException {
    List<String> supported = error.supportedVersions();
    String mutual = Revision.newestMutual(supported, Era.STATELESS);
    if (mutual != null && attempt == 0) {
      return mutual;
    }
    if (Revision.newestMutual(supported, Era.SESSION) != null || supported.isEmpty()) {
      return null;
    }
    throw new FailureException(
        FailureKind.NO_COMMON_VERSION,
        mutual == null
            ? "the server supports only " + Text.line(String.join(", ", supported))
            : "the server refuses revision " + mutual + ", though it names it as supported");
  }

  Discovery understand(Call<JsonNode> call, @Nullable Refused refused) throws FailureException {
    if (refused != null) {
      return new Discovery.Older(refused.describe());
    }
    JsonNode result = call.result();
    Handshake handshake = result == null ? null : Handshake.discovered(result);
    if (result == null || handshake == null) {
      RpcError error = call.error();
      return new Discovery.Older(error == null ? "a result of another kind" : error.describe());
    }
    String revision = Revision.newestMutual(handshake.versions(), Era.STATELESS);
    if (revision != null) {
      Handshake.noteCacheFields(result, "server/discover", look);
      handshake.noteHidden(look);
      return new Discovery.Stateless(handshake, revision);
    }
    if (Revision.newestMutual(handshake.versions(), Era.SESSION) != null) {
      return new Discovery.Older("only revisions with a handshake");
    }
    throw new FailureException(
        FailureKind.NO_COMMON_VERSION,
        "the server supports only " + Text.line(String.join(", ", handshake.versions())));
  }

  Call<JsonNode> initialize(String revision) {
    long id = ++lastId;
    return new Call<>(
        opener.json(),
        "initialize",
        id,
        opener.requests().initialize(id, revision),
        (parser, _, _) -> opener.json().tree(parser));
  }

  /** The newest version that the server names when it refuses the one we asked for, or null. */
  static @Nullable String otherVersion(RpcError error) {
    return Revision.newestMutual(error.supportedVersions(), Era.SESSION);
  }

  /** Reads the answer to {@code initialize} and tells the server that we are ready. */
  Conversation agree(Link link, Call<JsonNode> call) throws FailureException {
    RpcError error = call.error();
    if (error != null) {
      throw new FailureException(
          error.code() == RpcError.UNSUPPORTED_VERSION
              ? FailureKind.NO_COMMON_VERSION
              : FailureKind.INITIALIZE_ERROR,
          "initialize was answered with " + error.describe());
    }
    JsonNode result = call.result();
    if (result == null) {
      throw new IllegalStateException("neither result nor error");
    }
    Handshake handshake = Handshake.initialized(result, look);
    String revision = handshake.versions().getFirst();
    if (!Revision.known(revision, Era.SESSION)) {
      throw new FailureException(
          FailureKind.NO_COMMON_VERSION,
          "the server answered with revision " + Text.line(revision));
    }
    handshake.noteHidden(look);
    link.agree(revision, true);
    Refused refused = link.tell("notifications/initialized", opener.requests().initialized(), look);
    if (refused != null) {
      throw new FailureException(
          refused.outage() ? refused.kind() : FailureKind.INITIALIZED_REJECTED,
          "notifications/initialized was answered with " + refused.describe());
    }
    return conversation(link, Era.SESSION, revision, handshake);
  }

  Conversation stateless(Link link, Discovery.Stateless found) {
    link.agree(found.revision(), false);
    return conversation(link, Era.STATELESS, found.revision(), found.handshake());
  }

  private Conversation conversation(Link link, Era era, String revision, Handshake handshake) {
    return new Conversation(
        link,
        era,
        revision,
        handshake,
        opener.json(),
        opener.settings(),
        opener.requests(),
        lastId);
  }
}
