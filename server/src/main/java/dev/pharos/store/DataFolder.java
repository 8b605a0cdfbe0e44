package dev.pharos.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** The folder of one monitor, held by a lock as long as this is open. */
final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Takes the folder, created when it is missing, for this process alone. */
  static DataFolder take(Path path) {
    create(path);
    FileChannel channel = lockFile(path);
    try {
      // The lock belongs to the open file, so it ends with the process, however that ends.
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new DataFolder(path, channel);
      }
    } catch (OverlappingFileLockException e) {
      // Told below, as for another process.
    } catch (IOException e) {
      close(channel);
      throw new StoreException("the data folder " + path + " cannot be locked", e);
    }
    close(channel);
    throw new StoreException("the data folder " + path + " is in use by another running Pharos");
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

  Path database() {
    return path.resolve("pharos.db");
  }

  @Override
  public void close() {
    close(channel);
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
    return "the file system refused";
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
