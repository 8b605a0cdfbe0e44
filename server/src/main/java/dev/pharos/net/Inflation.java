package dev.pharos.net;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A compressed body, inflated as it arrives: whatever the compressor flushed can be read at once,
 * without waiting for more to fill a buffer. Reads gzip (RFC 1952, several members too) and
 * deflate, with the zlib wrapping that RFC 9110 asks for or without it, as some servers send it.
 * Used by one thread; must be closed to free native memory.
 */
final class Inflation extends InputStream {
  /** The compressed data is broken. */
  static final class Broken extends IOException {
    Broken(String message) {
      super(message);
    }
  }

  private static final int BUFFER = 2048;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final int DEFLATED = 8;
  private static final int HAS_HEADER_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private final InputStream in;
  private final boolean gzip;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private Inflater inflater = new Inflater(true);
  private final CRC32 sum = new CRC32();
  private boolean started;
  private boolean ended;

  Inflation(InputStream in, boolean gzip) {
    this.in = in;
    this.gzip = gzip;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!started) {
      start();
    }
    while (!ended) {
      int count = inflate(into, offset, length);
      if (count > 0) {
        sum.update(into, offset, count);
        return count;
      }
      if (inflater.finished()) {
        finishMember();
      } else if (inflater.needsDictionary()) {
        throw new Broken("it needs a dictionary");
      } else if (inflater.needsInput()) {
        feed();
      }
    }
    return -1;
  }

  private int inflate(byte[] into, int offset, int length) throws IOException {
    try {
      return inflater.inflate(into, offset, length);
    } catch (DataFormatException e) {
      throw new Broken("the data is damaged");
    }
  }

  private void feed() throws IOException {
    if (!fill()) {
      throw new Broken("it ends early");
    }
    inflater.setInput(buffer, position, limit - position);
  }

  private void start() throws IOException {
    started = true;
    if (!fill()) {
      ended = true; // no body at all, whatever its header said
      return;
    }
    if (gzip) {
      header();
    } else {
      wrapping();
    }
    inflater.setInput(buffer, position, limit - position);
  }

  /** Reads a gzip member's header (RFC 1952 section 2.3). */
  private void header() throws IOException {
    if (next() != GZIP_FIRST || next() != GZIP_SECOND || next() != DEFLATED) {
      throw new Broken("it is not gzip");
    }
    int flags = next();
    skip(6);
    if ((flags & HAS_EXTRA) != 0) {
      skip(next() | (next() << 8));
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_HEADER_CRC) != 0) {
      skip(2);
    }
  }

  /** Takes a zlib header (RFC 1950 section 2.2) for what it is and anything else for raw data. */
  private void wrapping() throws IOException {
    int first = buffer[position] & 0xff;
    if ((first & 0xf) != DEFLATED) {
      return;
    }
    if (limit - position < 2) {
      buffer[0] = buffer[position];
      position = 0;
      int count = in.read(buffer, 1, BUFFER - 1);
      limit = 1 + Math.max(0, count);
    }
    if (limit - position >= 2 && ((first << 8) | (buffer[position + 1] & 0xff)) % 31 == 0) {
      inflater.end();
      inflater = new Inflater(false);
    }
  }

  /** Checks a member's end; what follows is another member, or nothing that counts. */
  private void finishMember() throws IOException {
    position = limit - inflater.getRemaining();
    if (gzip) {
      long expected = word();
      long size = word();
      if (expected != sum.getValue() || size != (inflater.getBytesWritten() & 0xffff_ffffL)) {
        throw new Broken("its checksum is wrong");
      }
      if ((position < limit || fill()) && (buffer[position] & 0xff) == GZIP_FIRST) {
        header();
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        sum.reset();
        return;
      }
    }
    do {
      position = limit;
    } while (fill());
    ended = true;
  }

  private long word() throws IOException {
    return next() | (next() << 8) | (next() << 16) | ((long) next() << 24);
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // names and comments are of no use
    }
  }

  private int next() throws IOException {
    if (position == limit && !fill()) {
      throw new Broken("it ends early");
    }
    return buffer[position++] & 0xff;
  }

  private boolean fill() throws IOException {
    position = 0;
    int count = in.read(buffer, 0, BUFFER);
    limit = Math.max(0, count);
    return count > 0;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
