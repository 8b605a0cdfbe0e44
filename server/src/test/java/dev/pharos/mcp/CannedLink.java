package dev.pharos.mcp;

import dev.pharos.trace.Era;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.TransportKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A link whose answers are set in advance; {@code $id} in an answer becomes the request's id. */
final class CannedLink implements Link {
  private final Deque<Object> answers = new ArrayDeque<>();
  private final Inbox inbox = new Inbox(_ -> {});
  final List<String> sent = new ArrayList<>();
  @Nullable String sessionId;
  TransportKind transport = TransportKind.STREAMABLE_HTTP;

  /** The next request is answered so. */
  CannedLink then(String message) {
    answers.add(message);
    return this;
  }

  CannedLink then(Refused refused) {
    answers.add(refused);
    return this;
  }

  CannedLink then(FailureException failure) {
    answers.add(failure);
    return this;
  }

  /** The result of a request. */
  CannedLink thenResult(String result) {
    return then("{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":" + result + "}");
  }

  Conversation conversation(Era era) {
    return new Conversation(
        this,
        era,
        era == Era.SESSION ? Revision.NEWEST_SESSION : Revision.NEWEST_STATELESS,
        new Handshake(
            List.of(),
            new Identity(null, null, null, null, "{}"),
            EnumSet.allOf(ListKind.class),
            true),
        McpTest.JSON,
        McpTest.SETTINGS,
        McpTest.REQUESTS,
        0);
  }

  @Override
  public @Nullable Refused send(Call<?> call, Look look) throws FailureException {
    sent.add(new String(call.message(), java.nio.charset.StandardCharsets.UTF_8));
    Object next = answers.poll();
    if (next instanceof FailureException failure) {
      throw failure;
    }
    if (next instanceof Refused refused) {
      return refused;
    }
    if (next == null) {
      throw new FailureException(FailureKind.TIMEOUT, "nothing more was set");
    }
    byte[] message = McpTest.bytes(next.toString().replace("$id", "" + call.id()));
    if (!Batch.take(message, 0, message.length, McpTest.JSON, call.taker(inbox, look))) {
      throw new FailureException(FailureKind.ID_MISMATCH, "no answer");
    }
    return null;
  }

  @Override
  public @Nullable Refused tell(String method, byte[] message, Look look) {
    return null;
  }

  @Override
  public TransportKind transport() {
    return transport;
  }

  @Override
  public @Nullable String url() {
    return null;
  }

  @Override
  public void agree(String revision, boolean session) {}

  @Override
  public @Nullable String sessionId() {
    return sessionId;
  }

  @Override
  public boolean alive() {
    return true;
  }

  @Override
  public @Nullable Hold hold(@Nullable Call<Boolean> listen, HoldListener listener, Look look) {
    return null;
  }

  @Override
  public void end(Look look) {}
}
