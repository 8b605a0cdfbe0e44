package dev.pharos.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The last bytes of a stream, however long it was. Thread-safe. */
final class Tail {
  private final byte[] ring;
  private long seen;

  Tail(int size) {
    ring = new byte[size];
  }

  /** Takes the first {@code count} of {@code bytes}. */
  synchronized void take(byte[] bytes, int count) {
    int from = Math.max(0, count - ring.length);
    seen += from;
    while (from < count) {
      int at = (int) (seen % ring.length);
      int fits = Math.min(count - from, ring.length - at);
      System.arraycopy(bytes, from, ring, at, fits);
      from += fits;
      seen += fits;
    }
  }

  /** As text; what is not UTF-8 is replaced, terminal commands and control characters are gone. */
  String text() {
    byte[] kept = bytes();
    int from = 0;
    // A character that was cut in two by the ring's end is no text.
    while (isCut() && from < kept.length && from < 3 && (kept[from] & 0xC0) == 0x80) {
      from++;
    }
    return PlainText.lines(new String(kept, from, kept.length - from, StandardCharsets.UTF_8));
  }

  private synchronized boolean isCut() {
    return seen > ring.length;
  }

  private synchronized byte[] bytes() {
    if (seen <= ring.length) {
      return Arrays.copyOf(ring, (int) seen);
    }
    int start = (int) (seen % ring.length);
    byte[] kept = new byte[ring.length];
    System.arraycopy(ring, start, kept, 0, ring.length - start);
    System.arraycopy(ring, 0, kept, ring.length - start, start);
    return kept;
  }
}
