package dev.pharos.process;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into lines, and keeps no more of it than the longest line allowed. Not
 * thread-safe: it belongs to the thread that reads.
 */
final class LineSplitter {
  private static final byte[] NOTHING = {};

  /** A buffer that grew beyond this is let go after its line: most children sit idle. */
  private static final int WORTH_KEEPING = 8 * 1024;

  private final int maxBytes;
  private final Consumer<byte[]> line;
  private final Runnable oversize;
  private byte[] buffer = NOTHING;
  private int length;
  private boolean skipping;

  /**
   * @param maxBytes the longest line, without its line end
   * @param oversize run once for each longer line, as soon as that is seen
   */
  LineSplitter(int maxBytes, Consumer<byte[]> line, Runnable oversize) {
    this.maxBytes = maxBytes;
    this.line = line;
    this.oversize = oversize;
  }

  /** Takes the first {@code count} of {@code bytes}; the array may be used again afterwards. */
  void take(byte[] bytes, int count) {
    int from = 0;
    for (int at = 0; at < count; at++) {
      if (bytes[at] == '\n') {
        keep(bytes, from, at);
        endLine();
        from = at + 1;
      }
    }
    keep(bytes, from, count);
  }

  /** The stream is over: what stands without a line end is a line too. */
  void end() {
    if (length > 0) {
      endLine();
    }
  }

  private void keep(byte[] bytes, int from, int to) {
    int more = to - from;
    if (skipping || more == 0) {
      return;
    }
    // One byte more than allowed is kept, as it may be the carriage return of the line end.
    if ((long) length + more > (long) maxBytes + 1) {
      skipping = true;
      forget();
      oversize.run();
      return;
    }
    if (length + more > buffer.length) {
      long roomy = Math.min(2L * (length + more), (long) maxBytes + 1);
      buffer = Arrays.copyOf(buffer, (int) Math.min(roomy, Integer.MAX_VALUE - 8));
    }
    System.arraycopy(bytes, from, buffer, length, more);
    length += more;
  }

  private void endLine() {
    if (skipping) {
      skipping = false;
      return;
    }
    int bare = length > 0 && buffer[length - 1] == '\r' ? length - 1 : length;
    byte[] whole = bare > maxBytes ? null : Arrays.copyOf(buffer, bare);
    forget();
    if (whole == null) {
      oversize.run();
    } else {
      line.accept(whole);
    }
  }

  private void forget() {
    length = 0;
    if (buffer.length > WORTH_KEEPING) {
      buffer = NOTHING;
    }
  }
}
