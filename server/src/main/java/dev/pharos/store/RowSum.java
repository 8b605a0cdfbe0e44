package dev.pharos.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What tells the rows of two tables apart, in whichever order they are read: how many there are,
 * and the sum of a hash of each.
 */
final class RowSum {
  /** Two sums of the same rows are equal. */
  record Value(long rows, long high, long low) {}

  private final MovedRow shape;
  private final MessageDigest digest;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final DataOutputStream out = new DataOutputStream(bytes);
  private long rows;
  private long high;
  private long low;

  RowSum(MovedRow shape) {
    this.shape = shape;
    this.digest = sha256();
  }

  void add(@Nullable Object[] values) {
    bytes.reset();
    try {
      shape.write(out, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not of memory
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(bytes.toByteArray()));
    rows++;
    high += hash.getLong();
    low += hash.getLong();
  }

  Value value() {
    return new Value(rows, high, low);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }
}
