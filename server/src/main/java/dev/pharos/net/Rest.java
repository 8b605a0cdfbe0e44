package dev.pharos.net;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The time between two uses of one connection, during which an {@link IdleWatch} may look at it. A
 * channel cannot block while it is registered with a selector, so it is taken out again before its
 * next use. Thread-safe: guarded by itself, and whoever holds its monitor keeps the connection from
 * being taken up again.
 */
final class Rest {
  private enum State {
    /** In use. */
    OVER,
    /** To be registered with the next sweep. */
    BEGUN,
    REGISTERED,
    /** The peer did something, which is being looked into. */
    STIRRED
  }

  private final SocketChannel channel;
  private final IdleWatch watch;
  private final Runnable onStir;
  private State state = State.OVER;
  private boolean queued;
  private @Nullable SelectionKey key;

  /**
   * @param onStir run by a virtual thread when the peer did something
   */
  Rest(SocketChannel channel, IdleWatch watch, Runnable onStir) {
    this.channel = channel;
    this.watch = watch;
    this.onStir = onStir;
  }

  /** The connection is not used for now. */
  void begin() {
    synchronized (this) {
      if (state == State.BEGUN || state == State.REGISTERED) {
        return;
      }
      state = State.BEGUN;
      if (queued) {
        return;
      }
      queued = true;
    }
    watch.add(this);
  }

  /** The connection is taken up again, or closed: from here on it blocks as ever. */
  synchronized void end() {
    leave();
    state = State.OVER;
  }

  private void leave() {
    SelectionKey registered = key;
    if (registered == null) {
      return;
    }
    key = null;
    registered.cancel();
    blockAgain();
  }

  /** Registers with the selector, unless the connection was taken up meanwhile. */
  synchronized void register(Selector selector) {
    queued = false;
    if (state != State.BEGUN) {
      return;
    }
    try {
      channel.configureBlocking(false);
      key = channel.register(selector, SelectionKey.OP_READ, this);
      state = State.REGISTERED;
    } catch (CancelledKeyException e) {
      blockAgain();
      state = State.OVER;
      begin(); // its last key is not forgotten yet: with the next sweep
    } catch (ClosedChannelException e) {
      state = State.OVER;
    } catch (IOException e) {
      blockAgain();
      state = State.OVER;
    }
  }

  private void blockAgain() {
    try {
      channel.configureBlocking(true);
    } catch (IOException e) {
      // It is closed, as its next use will tell.
    }
  }

  /** The peer did something: has that looked into, unless the connection was taken up meanwhile. */
  synchronized void stir() {
    if (state == State.REGISTERED) {
      leave();
      state = State.STIRRED;
      Thread.ofVirtual().name("idle-end").start(onStir);
    }
  }

  /** Whether what the peer did is still to be looked into. */
  synchronized boolean stirred() {
    return state == State.STIRRED;
  }
}
