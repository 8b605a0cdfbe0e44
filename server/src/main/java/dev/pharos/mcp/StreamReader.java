package dev.pharos.mcp;

import dev.pharos.net.HttpAnswer;
import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.WireTap;
import dev.pharos.trace.WireTap.Direction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one event stream of an HTTP+SSE session on a thread of its own: first the address to
 * post to, then messages for the mailbox. Thread-safe.
 */
final class StreamReader implements Runnable {
  private static final int CHUNK = 1024;

  private final HttpAnswer answer;
  private final Json json;
  private final Mailbox mailbox;
  private final Inbox inbox;
  private final int maxEventBytes;
  private final WireTap tap;
  private final CompletableFuture<String> endpoint = new CompletableFuture<>();
  private final AtomicReference<@Nullable HoldListener> listener = new AtomicReference<>();
  private volatile boolean over;

  StreamReader(
      HttpAnswer answer, Json json, Mailbox mailbox, Inbox inbox, int maxEventBytes, WireTap tap) {
    this.answer = answer;
    this.json = json;
    this.mailbox = mailbox;
    this.inbox = inbox;
    this.maxEventBytes = maxEventBytes;
    this.tap = tap;
  }

  /**
   * Waits for the first event.
   *
   * @throws FailureException of kind {@code not_mcp} when it does not come
   */
  String endpoint(Deadline deadline) throws FailureException {
    try {
      return endpoint.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw none("its endpoint event did not come in time");
    } catch (ExecutionException e) {
      throw none(String.valueOf(e.getCause() == null ? null : e.getCause().getMessage()));
    } catch (InterruptedException e) {
      throw Pauses.interrupted();
    }
  }

  private static FailureException none(String why) {
    return new FailureException(
        FailureKind.NOT_MCP, "the event stream of the GET opened, but " + why);
  }

  @Override
  public void run() {
    String detail = "the event stream ended";
    FailureKind kind = FailureKind.STREAM_ENDED;
    try (answer;
        SseParser parser = SseParser.held(maxEventBytes, this::event)) {
      byte[] chunk = new byte[CHUNK];
      for (int count = answer.read(chunk, 0, CHUNK);
          count >= 0;
          count = answer.read(chunk, 0, CHUNK)) {
        parser.feed(chunk, 0, count);
      }
    } catch (FailureException e) {
      detail = "the event stream broke: " + e.detail();
      kind = e.kind() == FailureKind.OVERSIZE ? e.kind() : kind;
    } finally {
      ended(kind, detail);
    }
  }

  private void ended(FailureKind kind, String detail) {
    over = true;
    endpoint.completeExceptionally(
        new IllegalStateException(detail + " before its endpoint event"));
    mailbox.close(new FailureException(kind, detail));
    HoldListener told = listener.getAndSet(null);
    if (told != null) {
      inbox.silence(told);
      told.ended(detail);
    }
  }

  private void event(String type, byte[] bytes, int offset, int length) {
    if (tap.listening()) {
      tap.heard(Direction.RECEIVED, "sse", EventReader.shown(type, bytes, offset, length));
    }
    if (type.equals("endpoint")) {
      endpoint.complete(new String(bytes, offset, length, StandardCharsets.UTF_8));
    } else if (type.equals("message") && length > 0) {
      try {
        var _ = Batch.take(bytes, offset, length, json, this::message);
      } catch (FailureException e) {
        mailbox.broken(e);
      }
    }
  }

  private boolean message(byte[] bytes, int offset, int length) throws FailureException {
    mailbox.deliver(Arrays.copyOfRange(bytes, offset, offset + length));
    return false;
  }

  /** From now on that one is told of the stream's end; null when it has ended. */
  @Nullable Hold hold(HoldListener next) {
    inbox.listener(next);
    listener.set(next);
    if (over && listener.compareAndSet(next, null)) {
      inbox.silence(next);
      return null;
    }
    return new Held(next);
  }

  /** Nobody is told of the end any more. */
  void letGo() {
    HoldListener last = listener.getAndSet(null);
    if (last != null) {
      inbox.silence(last);
    }
  }

  /** The stream as one listener holds it. */
  private final class Held implements Hold {
    private final HoldListener holder;

    Held(HoldListener holder) {
      this.holder = holder;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // another holder may have taken its place
    public boolean open() {
      return !over && listener.get() == holder;
    }

    @Override
    public void close() {
      listener.compareAndSet(holder, null);
      inbox.silence(holder);
    }
  }
}
