package dev.pharos.mcp;

import dev.pharos.net.Header;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request and what came of it. Not thread-safe: it belongs to the thread that looks. */
final class Call<T> {
  private final Json json;
  private final String method;
  private final long id;
  private final byte[] message;
  private final ResultReader<T> reader;
  private @Nullable Fingerprint expected;
  private @Nullable String name;
  private List<Header> headers = List.of();
  private boolean repeatable = true;

  private boolean answered;
  private boolean unchanged;
  private boolean stray;
  private @Nullable T result;
  private @Nullable RpcError error;
  private @Nullable Fingerprint fingerprint;

  Call(Json json, String method, long id, byte[] message, ResultReader<T> reader) {
    this.json = json;
    this.method = method;
    this.id = id;
    this.message = message;
    this.reader = reader;
  }

  /** An answer that is the same as this one need not be parsed. */
  Call<T> expecting(@Nullable Fingerprint last) {
    expected = last;
    return this;
  }

  /**
   * The tool, prompt or resource that the request names, and headers that go with it; it is not
   * sent twice.
   */
  Call<T> naming(String named, List<Header> extra) {
    name = named;
    headers = extra;
    repeatable = false;
    return this;
  }

  String method() {
    return method;
  }

  long id() {
    return id;
  }

  byte[] message() {
    return message;
  }

  @Nullable String name() {
    return name;
  }

  List<Header> headers() {
    return headers;
  }

  /** Whether it may be sent again when a kept connection turns out to be dead. */
  boolean repeatable() {
    return repeatable;
  }

  /**
   * Takes a message from the wire.
   *
   * @return whether it was the answer; any other message goes to {@code inbox}
   */
  boolean take(byte[] bytes, int offset, int length, Inbox inbox, Look look)
      throws FailureException {
    if (expected != null && !answered && expected.matches(bytes, offset, length, id)) {
      answered = true;
      unchanged = true;
      fingerprint = expected;
      return true;
    }
    Envelope<T> envelope = read(bytes, offset, length, look);
    if (envelope == null) {
      return false;
    }
    if (envelope.kind() == Envelope.Kind.REQUEST || envelope.kind() == Envelope.Kind.NOTIFICATION) {
      inbox.take(envelope, look);
      return false;
    }
    if (answered || !(envelope.answers(id) || isOurError(envelope))) {
      noteStray(look);
      return false;
    }
    answered = true;
    result = envelope.result();
    error = envelope.error();
    if (envelope.kind() == Envelope.Kind.RESULT) {
      fingerprint = Fingerprint.of(envelope, bytes, offset, length);
    }
    if (envelope.trailing()) {
      look.note(FindingKind.TRAILING_DATA, "text follows the answer to " + method);
    }
    return true;
  }

  /** {@link #take} for whoever finds several messages in one text. */
  Batch.Taker taker(Inbox inbox, Look look) {
    return (bytes, offset, length) -> take(bytes, offset, length, inbox, look);
  }

  /** The message, or null when it is an answer to something else that our reader cannot read. */
  private @Nullable Envelope<T> read(byte[] bytes, int offset, int length, Look look)
      throws FailureException {
    try {
      return Envelope.read(json, bytes, offset, length, reader);
    } catch (FailureException e) {
      Envelope<Boolean> bare = Envelope.read(json, bytes, offset, length);
      if (bare.kind() != Envelope.Kind.RESULT || (bare.answers(id) && !answered)) {
        throw e;
      }
      noteStray(look);
      return null;
    }
  }

  private void noteStray(Look look) {
    stray = true;
    look.note(
        FindingKind.STRAY_MESSAGE,
        answered
            ? method + " was answered twice"
            : "an answer came to a request that was not sent");
  }

  /** HTTP refused with a JSON-RPC error: that is the answer. */
  void answer(RpcError refusal) {
    answered = true;
    error = refusal;
  }

  /**
   * An error without an id answers a request that could not be read: on its own connection that is
   * ours.
   */
  private static boolean isOurError(Envelope<?> envelope) {
    return envelope.kind() == Envelope.Kind.ERROR && envelope.id() == null;
  }

  boolean answered() {
    return answered;
  }

  /** Whether answers to other requests came meanwhile. */
  boolean stray() {
    return stray;
  }

  /** Whether the answer was recognised as the expected one; then there is no {@link #result}. */
  boolean unchanged() {
    return unchanged;
  }

  @Nullable T result() {
    return result;
  }

  @Nullable RpcError error() {
    return error;
  }

  @Nullable Fingerprint fingerprint() {
    return fingerprint;
  }
}
