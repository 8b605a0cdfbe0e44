package dev.pharos.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The folder of one monitor, held by a lock as long as this is open. */
final class DataFolder implements AutoCloseable {
  // A lock of a file is a lock of the whole process, and lost when any of its channels to that file
  // is closed: so a folder that is held here must not be tried a second time.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Takes the folder, created when it is missing, for this process alone. */
  static DataFolder take(Path path) {
    create(path);
    Path real = real(path);
    if (!HELD.add(real)) {
      throw inUse(path);
    }
    try {
      return new DataFolder(real, locked(path));
    } catch (RuntimeException e) {
      HELD.remove(real);
      throw e;
    }
  }

  /** Creates the folder, open to nobody else, when it is missing. */
  static void create(Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new StoreException("the data folder " + path + " is not a folder");
    }
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path, only(path, "rwx------"));
      }
    } catch (IOException e) {
      throw new StoreException("the data folder " + path + " cannot be created: " + reason(e), e);
    }
  }

  /** Of the database and of the log that is not yet merged into it. */
  long databaseBytes() {
    return database().toFile().length() + path.resolve("pharos.db-wal").toFile().length();
  }

  Path database() {
    return path.resolve("pharos.db");
  }

  @Override
  public void close() {
    close(channel);
    HELD.remove(path);
  }

  /** Permissions for a new file or folder, where the file system knows such a thing. */
  static FileAttribute<?>[] only(Path near, String permissions) {
    return near.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Why a file operation failed, in words. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "access is denied";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason().toLowerCase(Locale.ROOT);
    }
    String message = e.getMessage();
    return message == null || e instanceof FileSystemException
        ? "the file system refused"
        : message.toLowerCase(Locale.ROOT);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new StoreException("the data folder " + path + " cannot be read: " + reason(e), e);
    }
  }

  /** The lock ends with the process, however that ends. */
  private static FileChannel locked(Path path) {
    FileChannel channel = lockFile(path);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (IOException e) {
      close(channel);
      throw new StoreException("the data folder " + path + " cannot be locked: " + reason(e), e);
    }
    close(channel);
    throw inUse(path);
  }

  private static FolderInUseException inUse(Path path) {
    return new FolderInUseException(path);
  }

  private static FileChannel lockFile(Path path) {
    try {
      return FileChannel.open(
          path.resolve("pharos.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StoreException(
          "the data folder " + path + " cannot be written to: " + reason(e), e);
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException("the lock of the data folder cannot be released", e);
    }
  }
}
