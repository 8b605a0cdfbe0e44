package dev.pharos.up;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that takes all the room of a disk. */
record Ballast(Path file) {
  static Ballast in(Path folder) {
    return new Ballast(folder.resolve("ballast"));
  }

  /** Leaves no block free; may be called again. */
  void fill() {
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      byte[] block = new byte[4_096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // No space left: that is what was wanted.
    }
  }

  void remove() throws IOException {
    Files.delete(file);
  }
}
