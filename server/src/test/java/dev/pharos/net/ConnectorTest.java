package dev.pharos.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawServer;
import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectorTest extends NetTest {
  /** TCP knows no connection to a broadcast address: the kernel refuses without a packet. */
  private static final String NO_WAY = "255.255.255.255";

  private final Connector connector = new Connector(SETTINGS);

  @Test
  void a_closed_port_refuses() throws Exception {
    Look look = look();
    FailureException failure =
        failureOf(() -> dialer.dial(new Origin(false, "localhost", closedPort()), look));
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure.detail()).contains("localhost").contains("127.0.0.1");
    assertThat(look.clock().current()).isEqualTo(Stage.CONNECT);
  }

  @Test
  void a_full_backlog_is_a_connect_timeout() throws Exception {
    try (FullBacklog full = new FullBacklog()) {
      NetSettings hasty =
          new NetSettings(
              Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(5), 1000, false);
      try (HttpDialer impatient = new HttpDialer(hasty, TICKER)) {
        Origin origin = new Origin(false, "127.0.0.1", full.port());
        assertThat(kindOf(() -> impatient.dial(origin, look())))
            .isEqualTo(FailureKind.CONNECT_TIMEOUT);
        assertThat(kindOf(() -> dialer.dial(origin, look(200))))
            .as("the look's deadline bounds it too")
            .isEqualTo(FailureKind.CONNECT_TIMEOUT);
      }
    }
  }

  @Test
  void a_host_without_a_way_is_unreachable() {
    FailureException failure = failureOf(() -> dialer.dial(new Origin(false, NO_WAY, 80), look()));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
    assertThat(failure.detail()).contains(NO_WAY);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65_536, 99_999})
  void a_port_that_cannot_be_is_unreachable(int port) {
    assertThat(kindOf(() -> dialer.dial(new Origin(false, "127.0.0.1", port), look())))
        .isEqualTo(FailureKind.UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "10.0.0.1", "::1"})
  void private_addresses_are_not_talked_to_where_they_are_not_allowed(String host) {
    NetSettings strict =
        new NetSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            1000,
            false,
            false);
    try (HttpDialer outward = new HttpDialer(strict, TICKER)) {
      FailureException failure = failureOf(() -> outward.dial(new Origin(false, host, 80), look()));
      assertThat(failure.kind()).isEqualTo(FailureKind.ADDRESS_FORBIDDEN);
      assertThat(failure.detail()).contains("private");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "fe80::1", "fd00:ec2::254", "::ffff:169.254.1.1"})
  void metadata_services_are_not_talked_to(String address) {
    assertThat(kindOf(() -> dialer.dial(new Origin(false, address, 80), look())))
        .isEqualTo(FailureKind.ADDRESS_FORBIDDEN);
  }

  @Test
  void the_next_address_is_tried_when_one_fails() throws Exception {
    try (RawServer server = RawServer.plain(peer -> {});
        Socket socket = connect(server.port(), NO_WAY, "169.254.1.1", "127.0.0.1")) {
      assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.0.0.1");
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void one_address_that_hangs_leaves_time_for_the_others() throws Exception {
    try (FullBacklog full = new FullBacklog();
        ServerSocket good = new ServerSocket()) {
      good.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), full.port()));
      try (Socket socket = connect(full.port(), "127.0.0.1", "127.0.0.2")) {
        assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.0.0.2");
      }
    }
  }

  @Test
  void refused_tells_more_than_unreachable_and_otherwise_the_last_failure_counts()
      throws Exception {
    int port = closedPort();
    assertThat(kindOf(() -> connect(port, "127.0.0.1", NO_WAY))).isEqualTo(FailureKind.REFUSED);
    assertThat(kindOf(() -> connect(port, NO_WAY, "127.0.0.1"))).isEqualTo(FailureKind.REFUSED);
  }

  @Test
  void without_time_nothing_is_tried() throws Exception {
    try (RawServer server = RawServer.plain(peer -> {})) {
      assertThat(kindOf(() -> dialer.dial(origin(server), look(0))))
          .isEqualTo(FailureKind.CONNECT_TIMEOUT);
      assertThat(server.connections()).isZero();
    }
  }

  private Socket connect(int port, String... addresses) throws FailureException {
    return connector.connect(
        new Origin(false, "several.test", port),
        Arrays.stream(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new),
        Deadline.after(Duration.ofSeconds(2), TICKER));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket closing = new ServerSocket(0)) {
      return closing.getLocalPort();
    }
  }

  /** A listener that never accepts, with as many connections waiting as the kernel takes. */
  private static final class FullBacklog implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket();
    private final List<Socket> waiting = new ArrayList<>();

    FullBacklog() throws IOException {
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1);
      boolean room = true;
      while (room) {
        Socket next = new Socket();
        waiting.add(next);
        try {
          next.connect(listener.getLocalSocketAddress(), 100);
        } catch (IOException e) {
          room = false;
        }
      }
    }

    int port() {
      return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (Socket each : waiting) {
        each.close();
      }
      listener.close();
    }
  }
}
