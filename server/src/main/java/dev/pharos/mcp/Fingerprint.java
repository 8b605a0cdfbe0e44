package dev.pharos.mcp;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Recognises an answer that is the same as last time but for its request id, without parsing it:
 * the bytes around id and result are compared, the bytes of the result hashed. What it recognises
 * was parsed and found good before. Immutable.
 */
final class Fingerprint {
  private static final int MAX_FRAME = 256;
  private static final int HASH = 32;

  /**
   * One digest per carrier would be shared by virtual threads in mid-hash; a small pool is safe.
   */
  private static final ArrayBlockingQueue<MessageDigest> DIGESTS = new ArrayBlockingQueue<>(16);

  /**
   * Frame before the first of id and result, between them, behind the last; then the hash: one
   * array, since there are thousands.
   */
  private final byte[] bytes;

  private final short head;
  private final short middle;
  private final boolean idFirst;
  private final int resultLength;

  private Fingerprint(byte[] bytes, int head, int middle, boolean idFirst, int resultLength) {
    this.bytes = bytes;
    this.head = (short) head;
    this.middle = (short) middle;
    this.idFirst = idFirst;
    this.resultLength = resultLength;
  }

  /** The fingerprint of a good answer, or null when its frame is unusually long. */
  static @Nullable Fingerprint of(Envelope<?> envelope, byte[] message, int offset, int length) {
    if (envelope.idEnd() == 0 || envelope.resultEnd() == 0 || envelope.trailing()) {
      return null;
    }
    boolean idFirst = envelope.idAt() < envelope.resultAt();
    int firstAt = idFirst ? envelope.idAt() : envelope.resultAt();
    int firstEnd = idFirst ? envelope.idEnd() : envelope.resultEnd();
    int lastAt = idFirst ? envelope.resultAt() : envelope.idAt();
    int lastEnd = idFirst ? envelope.resultEnd() : envelope.idEnd();
    int head = firstAt - offset;
    int middle = lastAt - firstEnd;
    int tail = offset + length - lastEnd;
    if (head + middle + tail > MAX_FRAME) {
      return null;
    }
    byte[] bytes = new byte[head + middle + tail + HASH];
    System.arraycopy(message, offset, bytes, 0, head);
    System.arraycopy(message, firstEnd, bytes, head, middle);
    System.arraycopy(message, lastEnd, bytes, head + middle, tail);
    int resultLength = envelope.resultEnd() - envelope.resultAt();
    hash(message, envelope.resultAt(), resultLength, bytes, head + middle + tail);
    return new Fingerprint(bytes, head, middle, idFirst, resultLength);
  }

  /** Whether the message is that answer, to the request with that id. */
  boolean matches(byte[] message, int offset, int length, long id) {
    if (id < 0) {
      return false; // ours never are
    }
    int digits = digits(id);
    int tail = bytes.length - HASH - head - middle;
    if (length != head + middle + tail + digits + resultLength) {
      return false;
    }
    int firstAt = offset + head;
    int firstEnd = firstAt + (idFirst ? digits : resultLength);
    int lastAt = firstEnd + middle;
    int lastEnd = offset + length - tail;
    return Arrays.equals(bytes, 0, head, message, offset, firstAt)
        && Arrays.equals(bytes, head, head + middle, message, firstEnd, lastAt)
        && Arrays.equals(
            bytes, head + middle, head + middle + tail, message, lastEnd, offset + length)
        && isNumber(message, idFirst ? firstAt : lastAt, digits, id)
        && sameResult(message, idFirst ? lastAt : firstAt);
  }

  private boolean sameResult(byte[] message, int at) {
    byte[] hash = new byte[HASH];
    hash(message, at, resultLength, hash, 0);
    return Arrays.equals(hash, 0, HASH, bytes, bytes.length - HASH, bytes.length);
  }

  private static boolean isNumber(byte[] message, int at, int digits, long number) {
    for (int i = at + digits - 1; i >= at; i--) {
      if (message[i] != '0' + number % 10) {
        return false;
      }
      number /= 10;
    }
    return true;
  }

  private static int digits(long number) {
    int digits = 1;
    while (number >= 10) {
      number /= 10;
      digits++;
    }
    return digits;
  }

  private static void hash(byte[] from, int at, int length, byte[] into, int intoAt) {
    MessageDigest pooled = DIGESTS.poll();
    MessageDigest digest = pooled == null ? newDigest() : pooled;
    try {
      digest.update(from, at, length);
      digest.digest(into, intoAt, HASH);
      DIGESTS.offer(digest);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
