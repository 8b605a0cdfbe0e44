package dev.pharos.mcp;

import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What happens to messages that answer nothing: pings are answered, requests we did not declare are
 * refused, hints that a list changed are passed on. Thread-safe.
 */
final class Inbox {
  /** Sends an answer of ours to the server, best effort: must not throw and not block. */
  @FunctionalInterface
  interface Reply {
    void send(byte[] message);
  }

  private final Reply reply;
  private final AtomicReference<@Nullable HoldListener> listener = new AtomicReference<>();
  private final AtomicReference<@Nullable String> undeclared = new AtomicReference<>();

  Inbox(Reply reply) {
    this.reply = reply;
  }

  /** Who is told of changed lists from now on. */
  void listener(HoldListener next) {
    listener.set(next);
  }

  /** That one is told no more; whoever took its place is. */
  void silence(HoldListener last) {
    listener.compareAndSet(last, null);
  }

  void take(Envelope<?> message, Look look) {
    take(message);
    note(look);
  }

  /** Takes a message outside a look. */
  void take(Envelope<?> message) {
    String method = message.method();
    if (method == null) {
      return;
    }
    if (message.kind() == Envelope.Kind.REQUEST) {
      answer(method, message.id());
    } else {
      hint(method);
    }
  }

  /** Notes on the look what came between looks. */
  void note(Look look) {
    String method = undeclared.getAndSet(null);
    if (method != null) {
      look.note(
          FindingKind.UNDECLARED_REQUEST,
          "the server asked for " + method + ", which we did not declare; refused with -32601");
    }
  }

  private void answer(String method, @Nullable JsonNode id) {
    String idJson = id == null ? "null" : Json.write(id);
    if (method.equals("ping")) {
      reply.send(Requests.pong(idJson));
    } else {
      undeclared.set(Text.line(method));
      reply.send(Requests.notFound(idJson));
    }
  }

  private void hint(String method) {
    HoldListener told = listener.get();
    if (told == null) {
      return;
    }
    switch (method) {
      case "notifications/tools/list_changed" -> told.listChanged(ListKind.TOOLS);
      case "notifications/prompts/list_changed" -> told.listChanged(ListKind.PROMPTS);
      case "notifications/resources/list_changed" -> told.listChanged(ListKind.RESOURCES);
      default -> {
        // Logs, progress and the like are not for a monitor.
      }
    }
  }
}
