package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The messages of a held stream: most go to the inbox; those that speak of the subscription itself
 * (revision 2026-07-28) tell whether it stands. Belongs to the thread that reads the stream.
 */
final class HeldEvents implements SseParser.Sink {
  private final Json json;
  private final Inbox inbox;
  private final long subscription;
  private boolean granted;
  private @Nullable String end;

  /**
   * @param subscription id of the {@code subscriptions/listen} request, negative for none
   */
  HeldEvents(Json json, Inbox inbox, long subscription) {
    this.json = json;
    this.inbox = inbox;
    this.subscription = subscription;
    this.granted = subscription < 0;
  }

  /** Whether the server granted the subscription, or none was asked for. */
  boolean granted() {
    return granted;
  }

  /** How the server ended the subscription, or null. */
  @Nullable String end() {
    return end;
  }

  @Override
  public void event(String type, byte[] bytes, int offset, int length) {
    if (length == 0 || !type.equals("message")) {
      return;
    }
    try {
      var _ = Batch.take(bytes, offset, length, json, this::take);
    } catch (FailureException e) {
      // Noise on a held stream says nothing of the server's health: the next look does.
    }
  }

  private boolean take(byte[] bytes, int offset, int length) throws FailureException {
    Envelope<Boolean> message = Envelope.read(json, bytes, offset, length);
    switch (message.kind()) {
      case RESULT, ERROR -> answer(message);
      case NOTIFICATION -> notification(message);
      case REQUEST -> inbox.take(message);
    }
    return false;
  }

  /** A result is the graceful end of a subscription. */
  private void answer(Envelope<Boolean> message) {
    RpcError error = message.error();
    boolean ours = message.answers(subscription) || (error != null && message.id() == null);
    if (subscription >= 0 && ours) {
      end =
          error == null
              ? "the server ended the subscription"
              : "the server ended the subscription with " + error.describe();
    }
  }

  private void notification(Envelope<Boolean> message) {
    if ("notifications/subscriptions/acknowledged".equals(message.method())) {
      granted = true;
    } else if ("notifications/cancelled".equals(message.method()) && cancelsOurs(message)) {
      end = "the server cancelled the subscription";
    } else {
      inbox.take(message);
    }
  }

  private boolean cancelsOurs(Envelope<Boolean> message) {
    JsonNode params = message.params();
    JsonNode id = params == null ? null : params.get("requestId");
    return subscription >= 0
        && id != null
        && id.isIntegralNumber()
        && id.canConvertToLong()
        && id.longValue() == subscription;
  }
}
