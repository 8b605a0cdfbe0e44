package dev.pharos.testing.simulator;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One client's connection, used by the event loop's thread alone. */
final class Connection {
  private static final byte[] NOTHING = {};

  private final SocketChannel channel;
  private final SelectionKey key;
  private byte[] unread = NOTHING;
  private @Nullable ByteBuffer unsent;
  private boolean closeWhenSent;

  /** The server that was asked last, or -1. */
  int server = -1;

  /** The session whose stream this connection holds. */
  @Nullable Session streamOf;

  /** A stream is open, or an answer is held back: nothing more is read from what came in. */
  boolean busy;

  /** The delay of the request at hand is over. */
  boolean delayed;

  /** A stream is open. */
  boolean streaming;

  /** The service knows that this connection is closed. */
  boolean forgotten;

  Connection(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }

  /** Reads after what was left unread; -1 at the end. */
  int read(ByteBuffer into) throws IOException {
    into.clear().put(unread);
    return channel.read(into);
  }

  /** Gives back what was left unread. */
  void takeUnread(ByteBuffer into) {
    into.clear().put(unread);
  }

  void leaveUnread(byte[] bytes, int from, int to) {
    unread = from == to ? NOTHING : Arrays.copyOfRange(bytes, from, to);
  }

  void send(ByteBuffer bytes) throws IOException {
    ByteBuffer before = unsent;
    if (before == null) {
      channel.write(bytes);
      if (!bytes.hasRemaining()) {
        return;
      }
    }
    int length = bytes.remaining() + (before == null ? 0 : before.remaining());
    ByteBuffer all = ByteBuffer.allocate(length);
    if (before != null) {
      all.put(before);
    }
    unsent = all.put(bytes).flip();
    key.interestOpsOr(SelectionKey.OP_WRITE);
  }

  void sendMore() throws IOException {
    ByteBuffer rest = unsent;
    if (rest != null) {
      channel.write(rest);
      if (rest.hasRemaining()) {
        return;
      }
    }
    unsent = null;
    key.interestOpsAnd(~SelectionKey.OP_WRITE);
    if (closeWhenSent) {
      close();
    }
  }

  /** Closes when all that was sent is on its way. */
  void closeAfterSending() {
    closeWhenSent = true;
    if (unsent == null) {
      close();
    }
  }

  boolean open() {
    return channel.isOpen();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      busy = true; // Nobody is left to be told; nothing more is read from it.
    }
  }

  /** Ends the connection so that the client sees a reset. */
  void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      busy = true; // It is closed already, which is all we want.
    }
    close();
  }
}
