package dev.pharos.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The file that keeps the administrator's password, readable by its owner only. */
public final class PasswordFile {
  private static final int MAX_BYTES = 1024;

  private final Path file;

  /**
   * @param folder the data folder, which exists
   */
  public PasswordFile(Path folder) {
    this.file = folder.resolve("password");
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /**
   * The stored hash, or empty when none was ever set.
   *
   * @throws IOException when it cannot be read or is damaged; never to be taken for "no password"
   */
  public Optional<PasswordHash> read() throws IOException {
    try (var in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII);
      return Optional.of(PasswordHash.parse(text));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged: set the password again with ./pharos passwd", e);
    }
  }

  /** Stores a hash; whoever reads meanwhile sees the old one or the new one. */
  public void write(PasswordHash hash) throws IOException {
    Path fresh = file.resolveSibling("password.new");
    try {
      create(fresh, hash);
    } catch (FileAlreadyExistsException e) {
      // Left by a write that was cut short.
      Files.delete(fresh);
      create(fresh, hash);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** With its permissions from the first moment on. */
  private static void create(Path fresh, PasswordHash hash) throws IOException {
    byte[] bytes = (hash.text() + "\n").getBytes(StandardCharsets.US_ASCII);
    try (var out =
        Files.newByteChannel(
            fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
