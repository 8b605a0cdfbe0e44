package dev.pharos.definition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds one secret or a few variables, at most 64 KiB of UTF-8. */
public final class SmallFile {
  private static final int MAX_BYTES = 64 * 1024;

  private SmallFile() {}

  /**
   * The text of a file.
   *
   * @throws IOException when it cannot be read, is larger, or is not UTF-8
   */
  public static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("larger than 64 KiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }
}
