package dev.pharos.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
  @TempDir private Path folder;
  private final AtomicInteger changes = new AtomicInteger();

  @Test
  void another_content_another_file_and_a_return_are_changes() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one");
    try (FileWatch watch = new FileWatch(file, changes::incrementAndGet)) {
      watch.look();
      assertThat(changes).hasValue(0);

      Files.writeString(file, "other");
      watch.look();
      watch.look();
      assertThat(changes).hasValue(1);

      Path fresh = Files.writeString(folder.resolve("b"), "third");
      Files.setLastModifiedTime(fresh, Files.getLastModifiedTime(file));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      watch.look();
      assertThat(changes).hasValue(2);

      Files.delete(file);
      watch.look();
      assertThat(changes).hasValue(2);
      Files.writeString(file, "back again");
      watch.look();
      assertThat(changes).hasValue(3);
    }
  }

  @Test
  void a_running_watch_tells_by_itself() throws Exception {
    Path file = Files.writeString(folder.resolve("a"), "one");
    Semaphore told = new Semaphore(0);
    try (FileWatch watch = new FileWatch(file, told::release).start(Duration.ofMillis(10))) {
      Files.writeString(file, "another");
      assertThat(told.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      assertThat(watch).isNotNull();
    }
  }
}
