package dev.pharos.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a file is another: looks at its time, size and identity now and then, which sees what
 * every editor and every mounted volume does. Owns a thread, which is ended by closing.
 */
public final class FileWatch implements AutoCloseable {
  /** What a file looks like from outside. */
  private record Face(FileTime time, long size, @Nullable Object key) {}

  private final Path file;
  private final Runnable changed;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Face last;

  /**
   * Takes the file as it is now for known.
   *
   * @param changed called by the watch's thread, never twice at once; must not throw
   */
  public FileWatch(Path file, Runnable changed) {
    this.file = file;
    this.changed = changed;
    this.last = face();
  }

  /** Begins to look, so often. */
  public FileWatch start(Duration every) {
    Thread.ofVirtual().name("pharos-config-watch").start(() -> run(every));
    return this;
  }

  private void run(Duration every) {
    try {
      while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A file that is gone for a moment is being replaced: what counts is the next one. */
  void look() {
    Face face = face();
    if (face != null && !face.equals(last)) {
      last = face;
      changed.run();
    }
  }

  private @Nullable Face face() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Face(now.lastModifiedTime(), now.size(), now.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
