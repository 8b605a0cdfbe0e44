package dev.pharos.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawServer;
import dev.pharos.testing.TestCertificates;
import dev.pharos.trace.FailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Nothing stays behind, whatever happened. */
@Timeout(60)
@SuppressWarnings("try") // closing early is what is tested
final class LeftoverTest extends NetTest {
  private static final String GOOD =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "Content-Type: text/plain",
          "Transfer-Encoding: chunked",
          "",
          "5",
          "hello",
          "6;a=b",
          " there",
          "0",
          "X: y",
          "",
          "");

  @Test
  void damaged_answers_never_do_more_than_fail() throws Exception {
    Random random = new Random(42);
    try (RawServer server =
        RawServer.plain(peer -> {
          peer.readRequest();
          peer.write(damaged(random));
        })) {
      for (int i = 0; i < 500; i++) {
        try {
          fetch(server, look(5_000));
        } catch (FailureException e) {
          assertThat(e.detail()).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
        }
      }
      Awaitility.await().until(() -> server.open() == 0);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void no_thread_and_no_socket_is_left() throws Exception {
    Set<String> threadsBefore = ourThreads();
    Set<String> socketsBefore = sockets();
    try (HttpDialer own = new HttpDialer(SETTINGS, TICKER, TestCertificates.authorities());
        RawServer plain = RawServer.plain(TlsTest.HELLO);
        RawServer secure = RawServer.tls(TestCertificates.VALID.server(), TlsTest.HELLO);
        RawServer expired = RawServer.tls(TestCertificates.EXPIRED.server(), TlsTest.HELLO);
        RawServer stalled = RawServer.plain(peer -> peer.hold())) {
      for (int i = 0; i < 5; i++) {
        use(own, origin(plain, "localhost"));
        use(own, origin(secure, "localhost"));
        assertThat(failureOf(() -> use(own, origin(expired)))).isNotNull();
        Origin silent = new Origin(i % 2 == 0, "127.0.0.1", stalled.port());
        assertThat(failureOf(() -> use(own, silent))).isNotNull();
      }
      assertThat(ourThreads()).isNotEqualTo(threadsBefore);
      own.close();
      Awaitility.await().untilAsserted(() -> assertThat(ourThreads()).isEqualTo(threadsBefore));
      Awaitility.await().until(() -> plain.open() + secure.open() + stalled.open() == 0);
    }
    Awaitility.await().untilAsserted(() -> assertThat(sockets()).isSubsetOf(socketsBefore));
  }

  private static void use(HttpDialer dialer, Origin origin) throws FailureException {
    try (HttpConnection connection = dialer.dial(origin, look(200));
        HttpAnswer answer = connection.exchange(get("/"), look(200))) {
      assertThat(body(answer)).isEqualTo("hello");
    }
  }

  private static byte[] damaged(Random random) {
    byte[] bytes = GOOD.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
  }

  private static Set<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("pharos-"))
        .map(thread -> thread.getName() + thread.threadId())
        .collect(Collectors.toSet());
  }

  private static Set<String> sockets() throws IOException {
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      return handles
          .map(LeftoverTest::target)
          .filter(target -> target.startsWith("socket:"))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path handle) {
    try {
      return Files.readSymbolicLink(handle).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }
}
