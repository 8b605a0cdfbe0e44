package dev.pharos.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * The bytes a peer sends, watched on their way to the codec: how many came, how the answer began,
 * whether the stream ended, and no more of them than was allowed. Used by one thread.
 */
final class Wire extends InputStream {
  /** More bytes would be needed than were allowed. */
  static final class BoundExceeded extends IOException {
    BoundExceeded() {
      super("more bytes than allowed");
    }
  }

  /** Reading on would have to wait, which was not allowed. */
  static final class WouldWait extends IOException {
    WouldWait() {
      super("nothing there yet");
    }
  }

  private static final int REMEMBERED = 8;
  private static final byte[] HTTP = {'H', 'T', 'T', 'P', '/'};

  private final InputStream in;
  private final Socket socket;
  private long allowed;
  private boolean waiting = true;
  private long received;
  private long beginning;
  private boolean ended;

  /**
   * @param in what to read, after TLS
   * @param socket the socket below TLS
   */
  Wire(InputStream in, Socket socket) {
    this.in = in;
    this.socket = socket;
  }

  /** Starts a new answer, which may take so many bytes until {@link #allow} is called. */
  void begin(long bytes) {
    allowed = bytes;
    received = 0;
    beginning = 0;
  }

  /** Sets how many bytes may come from here on. */
  void allow(long bytes) {
    allowed = bytes;
  }

  /** From here on, only what has already arrived may be read. */
  void stopWaiting() {
    waiting = false;
  }

  void waitAgain() {
    waiting = true;
  }

  long received() {
    return received;
  }

  boolean ended() {
    return ended;
  }

  /** Whether the answer began as one in HTTP/1 does, as far as it came. */
  boolean beganLikeHttp() {
    for (int i = 0; i < Math.min(received, HTTP.length); i++) {
      if (first(i) != HTTP[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the answer began with a TLS alert record (RFC 8446 section 5.1). */
  boolean beganLikeTls() {
    return received >= 2 && first(0) == 0x15 && first(1) == 0x03;
  }

  /** Up to eight first bytes as text. */
  String beginning() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(received, REMEMBERED); i++) {
      text.append((char) (first(i) & 0xff));
    }
    return Printable.of(text.toString());
  }

  private byte first(int index) {
    return (byte) (beginning >>> (8 * index));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (allowed <= 0) {
      throw new BoundExceeded();
    }
    if (!waiting && in.available() == 0 && socket.getInputStream().available() == 0) {
      throw new WouldWait();
    }
    int count = in.read(into, offset, length);
    if (count < 0) {
      ended = true;
      return count;
    }
    for (int i = 0; i < count && received + i < REMEMBERED; i++) {
      beginning |= (into[offset + i] & 0xffL) << (8 * (received + i));
    }
    received += count;
    allowed -= count;
    return count;
  }
}
