package dev.pharos.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final RawServer echo =
      RawServer.plain(peer -> {
        for (String line = peer.readLine(); line != null; line = peer.readLine()) {
          heard.add(line);
          peer.write(line.toUpperCase(Locale.ROOT));
        }
      });
  private final FaultProxy proxy = FaultProxy.to(echo.port());

  @AfterEach
  void close() {
    proxy.close();
    echo.close();
  }

  @Test
  void bytes_pass_in_both_directions() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, "hello")).isEqualTo("HELLO");
      assertThat(proxy.open()).isEqualTo(1);
    }
  }

  @Test
  void a_cut_ends_what_is_open_and_welcomes_what_comes() throws IOException {
    try (Socket client = connect()) {
      ask(client, "hello");
      proxy.cut();
      assertThatThrownBy(() -> ask(client, "again")).isInstanceOf(IOException.class);
    }
    try (Socket client = connect()) {
      assertThat(ask(client, "later")).isEqualTo("LATER");
    }
  }

  @Test
  void a_refusal_keeps_what_is_open_and_ends_with_the_fault() throws IOException {
    try (Socket client = connect()) {
      ask(client, "hello");
      proxy.refuse();
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
      assertThat(ask(client, "still")).isEqualTo("STILL");
    }
    proxy.pass();
    try (Socket client = connect()) {
      assertThat(ask(client, "later")).isEqualTo("LATER");
    }
  }

  @Test
  void a_pause_holds_bytes_back_and_loses_none() throws IOException {
    try (Socket client = connect()) {
      ask(client, "hello");
      proxy.pause();
      client.setSoTimeout(100);
      assertThatThrownBy(() -> ask(client, "held")).isInstanceOf(SocketTimeoutException.class);
      assertThat(heard).doesNotContain("held");
      proxy.pass();
      client.setSoTimeout(5_000);
      assertThat(new String(client.getInputStream().readNBytes(4), UTF_8)).isEqualTo("HELD");
    }
  }

  @Test
  void a_delay_makes_each_way_slow() throws IOException {
    proxy.delay(Duration.ofMillis(100));
    try (Socket client = connect()) {
      long start = System.nanoTime();
      assertThat(ask(client, "slow")).isEqualTo("SLOW");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(199));
    }
  }

  @Test
  void a_trap_for_an_answer_lets_the_server_do_what_it_was_asked() throws IOException {
    proxy.set(Trap.answerLostTo("commit"));
    try (Socket client = connect()) {
      assertThat(ask(client, "hello")).isEqualTo("HELLO");
      assertThatThrownBy(() -> ask(client, "commit")).isInstanceOf(IOException.class);
    }
    assertThat(heard).containsExactly("hello", "commit");
    assertThat(proxy.sprung()).isTrue();
    try (Socket client = connect()) {
      assertThat(ask(client, "commit")).isEqualTo("COMMIT");
    }
  }

  @Test
  void a_trap_instead_of_a_piece_keeps_it_from_the_server() throws IOException {
    proxy.set(Trap.instead("commit"));
    try (Socket client = connect()) {
      ask(client, "hello");
      assertThatThrownBy(() -> ask(client, "commit")).isInstanceOf(IOException.class);
    }
    assertThat(heard).containsExactly("hello");
  }

  @Test
  void a_trap_of_bytes_counts_one_way() throws IOException {
    proxy.set(new Trap.AfterBytes(Trap.Way.FROM_SERVER, 8));
    try (Socket client = connect()) {
      assertThat(ask(client, "hello")).isEqualTo("HELLO");
      assertThatThrownBy(() -> ask(client, "again")).isInstanceOf(IOException.class);
    }
    assertThat(heard).containsExactly("hello", "again");
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(5_000);
    return socket;
  }

  /** Sends a line and reads as many bytes as it has letters. */
  private static String ask(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\n").getBytes(UTF_8));
    byte[] answer = client.getInputStream().readNBytes(line.length());
    if (answer.length < line.length()) {
      throw new IOException("the connection ended");
    }
    return new String(answer, UTF_8);
  }
}
