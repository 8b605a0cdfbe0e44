package dev.pharos.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The watcher of the other tests sees what it is there to see. */
class NothingLeftBehindTest {
  @Test
  void an_open_socket_is_seen() throws IOException {
    Set<String> before = NothingLeftBehind.things();
    try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(open.isBound()).isTrue();
      assertThat(since(before)).anyMatch(thing -> thing.startsWith("socket:"));
    }
  }

  @Test
  void a_running_virtual_thread_is_seen() throws InterruptedException {
    Set<String> before = NothingLeftBehind.things();
    CountDownLatch end = new CountDownLatch(1);
    Thread running =
        Thread.ofVirtual()
            .name("lingering")
            .start(() -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      assertThat(since(before)).anyMatch(thing -> thing.endsWith("lingering"));
    } finally {
      end.countDown();
      running.join();
    }
  }

  @Test
  void a_child_process_and_its_pipes_are_seen() throws IOException, InterruptedException {
    Set<String> before = NothingLeftBehind.things();
    Process child = new ProcessBuilder(StdioServer.command()).start();
    try {
      assertThat(since(before))
          .contains("process " + child.pid())
          .anyMatch(thing -> thing.startsWith("pipe:"));
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static Set<String> since(Set<String> before) {
    Set<String> now = NothingLeftBehind.things();
    now.removeAll(before);
    return now;
  }
}
