package dev.pharos.probe;

import dev.pharos.mcp.Conversation;
import dev.pharos.mcp.Hold;
import dev.pharos.mcp.HoldListener;
import dev.pharos.mcp.ListKind;
import dev.pharos.trace.Look;
import org.jspecify.annotations.Nullable;

/**
 * What is heard of a kept session between looks: of its held stream or process, or else of its idle
 * connection. Guarded by its session's lock, all but {@link #holds}.
 */
final class Watching {
  private volatile @Nullable Hold hold;
  private @Nullable WatchListener idle;

  /** Whether a stream or process is held now. */
  boolean holds() {
    Hold held = hold;
    return held != null && held.open();
  }

  /** Holds what the server offers; where it offers nothing, its idle connection is heeded. */
  boolean hold(Conversation conversation, WatchListener listener, Look look) {
    Hold held = conversation.hold(new Hearing(listener), look);
    hold = held;
    idle = held == null ? listener : null;
    begin(conversation);
    return held != null;
  }

  /** Heeds the idle connection of this session, and of those that replace it. */
  void heed(@Nullable Conversation conversation, WatchListener listener) {
    idle = listener;
    if (conversation != null) {
      begin(conversation);
    }
  }

  /** A session was opened. */
  void begin(Conversation conversation) {
    WatchListener listener = idle;
    conversation.heed(listener == null ? null : listener::idleEnded);
  }

  /** The session is about to end; whoever heeded its idle connection hears of the next one's. */
  void letGo() {
    Hold held = hold;
    hold = null;
    if (held != null) {
      held.close();
    }
  }

  /** Passes on what a held stream tells. */
  private record Hearing(WatchListener listener) implements HoldListener {
    @Override
    public void ended(String detail) {
      listener.ended(detail);
    }

    @Override
    public void listChanged(ListKind kind) {
      listener.listChanged(
          switch (kind) {
            case TOOLS -> "tools";
            case PROMPTS -> "prompts";
            case RESOURCES, RESOURCE_TEMPLATES -> "resources";
          });
    }
  }
}
