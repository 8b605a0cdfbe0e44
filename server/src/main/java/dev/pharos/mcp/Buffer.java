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
  private static final ArrayBlockingQueue<Buffer> POOL = new ArrayBlockingQueue<>(64);

  private byte[] bytes;
  private int length;
  private int bound;

  private Buffer(int size) {
    bytes = new byte[size];
  }

  /**
   * An empty buffer that is not pooled and starts small: for streams that are held and seldom
   * speak.
   */
  static Buffer small(int bound) {
    Buffer buffer = new Buffer(64);
    buffer.bound = bound;
    return buffer;
  }

  /** An empty buffer that refuses to grow above {@code bound} bytes. */
  static Buffer lend(int bound) {
    Buffer pooled = POOL.poll();
    Buffer buffer = pooled == null ? new Buffer(FIRST) : pooled;
    buffer.length = 0;
    buffer.bound = bound;
    return buffer;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
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
      throw oversize();
    }
  }

  void append(byte[] from, int offset, int count) throws FailureException {
    if (length + count > bound) {
      throw oversize();
    }
    if (length + count > bytes.length) {
      grow(length + count);
    }
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  private void grow(int needed) throws FailureException {
    if (needed > bound + 1) {
      throw oversize();
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, 2L * bytes.length), bound + 1L));
  }

  private FailureException oversize() {
    return new FailureException(
        FailureKind.OVERSIZE, "the answer is larger than the bound of " + bound + " bytes");
  }

  /** Gives the buffer back; it must not be used afterwards. */
  @Override
  public void close() {
    if (bytes.length >= FIRST && bytes.length <= KEEP) {
      POOL.offer(this);
    }
  }
}
