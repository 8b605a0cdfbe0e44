package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * A growing run of bytes with a bound, lent from a small pool: a check over a kept session should
 * not make garbage of the size of its answer. Not thread-safe; lending and giving back is.
 */
final class Buffer implements AutoCloseable {
  private static final int FIRST = 16 * 1024;
  private static final int KEEP = 128 * 1024;
  private static final int SMALL = 64;
  private static final int SMALL_KEEP = 1024;
  private static final byte[] GONE = {};

  /** Holds arrays, not buffers: a buffer that is closed twice, or used later, shares nothing. */
  private static final ArrayBlockingQueue<byte[]> POOL = new ArrayBlockingQueue<>(64);

  private final int bound;
  private final boolean small;
  private byte[] bytes;
  private int length;

  private Buffer(byte[] bytes, int bound, boolean small) {
    this.bytes = bytes;
    this.bound = bound;
    this.small = small;
  }

  /**
   * An empty buffer that is not pooled, starts small, and is small again when cleared: for streams
   * that are held and seldom speak.
   */
  static Buffer small(int bound) {
    return new Buffer(new byte[SMALL], bound, true);
  }

  /** An empty buffer that refuses to grow above {@code bound} bytes. */
  static Buffer lend(int bound) {
    byte[] pooled = POOL.poll();
    return new Buffer(pooled == null ? new byte[FIRST] : pooled, bound, false);
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
    if (small && bytes.length > SMALL_KEEP) {
      bytes = new byte[SMALL];
    }
  }

  /** Makes room for at least one more byte and returns how many fit. */
  int room() throws FailureException {
    if (length == bytes.length) {
      grow(length + 1);
    }
    return bytes.length - length;
  }

  /** Says that {@code count} bytes were written behind {@link #length()}. */
  void wrote(int count) throws FailureException {
    length += count;
    if (length > bound) {
      throw oversize(bound);
    }
  }

  void append(byte[] from, int offset, int count) throws FailureException {
    if (count > bound - length) {
      throw oversize(bound);
    }
    if (length + count > bytes.length) {
      grow(length + count);
    }
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  private void grow(int needed) throws FailureException {
    if (needed > bound + 1L) {
      throw oversize(bound);
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, 2L * bytes.length), bound + 1L));
  }

  static FailureException oversize(int bound) {
    return new FailureException(
        FailureKind.OVERSIZE, "the answer is larger than the bound of " + bound + " bytes");
  }

  /** Gives the memory back; what {@link #bytes()} gave must not be used afterwards. */
  @Override
  public void close() {
    byte[] mine = bytes;
    bytes = GONE;
    length = 0;
    if (!small && mine.length >= FIRST && mine.length <= KEEP) {
      POOL.offer(mine);
    }
  }
}
