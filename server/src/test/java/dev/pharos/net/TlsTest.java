package dev.pharos.net;

import static dev.pharos.trace.FailureKind.TLS_CLOSED;
import static dev.pharos.trace.FailureKind.TLS_EXPIRED;
import static dev.pharos.trace.FailureKind.TLS_HOSTNAME;
import static dev.pharos.trace.FailureKind.TLS_PROTOCOL;
import static dev.pharos.trace.FailureKind.TLS_UNTRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.pharos.testing.RawServer;
import dev.pharos.testing.TestCertificates;
import dev.pharos.trace.Certificate;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class TlsTest extends NetTest {
  static final RawServer.Script HELLO =
      peer -> {
        while (true) {
          peer.readRequest();
          peer.answer(200, "text/plain", "hello");
        }
      };

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "right-name.test"})
  void a_good_certificate_is_noted_and_the_exchange_goes_on(String host) throws Exception {
    Look look = look();
    try (RawServer server = RawServer.tls(TestCertificates.VALID.server(), HELLO);
        HttpConnection connection = dialer.dial(origin(server, host), look);
        HttpAnswer answer = connection.exchange(get("/"), look)) {
      assertThat(body(answer)).isEqualTo("hello");
    }
    Certificate seen = Objects.requireNonNull(look.certificate());
    assertThat(seen.subject()).isEqualTo("CN=right-name.test");
    assertThat(seen.issuer()).isEqualTo("CN=Pharos test authority");
    assertThat(seen.notAfter())
        .isEqualTo(TestCertificates.VALID.certificate().getNotAfter().toInstant());
    assertThat(look.clock().current()).isEqualTo(Stage.TLS);
  }

  @ParameterizedTest
  @CsvSource({
    "EXPIRED, TLS_EXPIRED, expired on",
    "NOT_YET_VALID, TLS_NOT_YET_VALID, valid only from",
    "WRONG_NAME, TLS_HOSTNAME, 'for other.test, not for right-name.test'",
    "SELF_SIGNED, TLS_UNTRUSTED, self-signed by CN=right-name.test",
    "SELF_SIGNED_EXPIRED, TLS_UNTRUSTED, self-signed",
  })
  void a_bad_certificate_is_refused_with_its_reason_and_noted_all_the_same(
      TestCertificates certificate, FailureKind kind, String words) {
    Look look = look();
    try (RawServer server = RawServer.tls(certificate.server(), HELLO)) {
      FailureException failure =
          failureOf(() -> dialer.dial(origin(server, "right-name.test"), look));
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.detail()).contains(words);
    }
    assertThat(Objects.requireNonNull(look.certificate()).notAfter())
        .isEqualTo(certificate.certificate().getNotAfter().toInstant());
  }

  @Test
  void the_day_of_expiry_is_told() {
    try (RawServer server = RawServer.tls(TestCertificates.EXPIRED.server(), HELLO)) {
      FailureException failure = failureOf(() -> dialer.dial(origin(server), look()));
      assertThat(failure.detail())
          .contains(
              LocalDate.ofInstant(
                      TestCertificates.EXPIRED.certificate().getNotAfter().toInstant(),
                      ZoneOffset.UTC)
                  .toString());
    }
  }

  @Test
  void an_authority_that_nobody_trusts_is_named() throws Exception {
    try (HttpDialer strict = new HttpDialer(SETTINGS, TICKER);
        RawServer server = RawServer.tls(TestCertificates.VALID.server(), HELLO)) {
      FailureException failure = failureOf(() -> strict.dial(origin(server), look()));
      assertThat(failure.kind()).isEqualTo(TLS_UNTRUSTED);
      assertThat(failure.detail()).contains("CN=Pharos test authority");
    }
  }

  @Test
  void a_trusted_self_signed_certificate_is_good_until_it_expires() throws Exception {
    try (HttpDialer trusting =
            new HttpDialer(
                SETTINGS,
                TICKER,
                TestCertificates.authoritiesWith(
                    TestCertificates.SELF_SIGNED, TestCertificates.SELF_SIGNED_EXPIRED));
        RawServer good = RawServer.tls(TestCertificates.SELF_SIGNED.server(), HELLO);
        RawServer old = RawServer.tls(TestCertificates.SELF_SIGNED_EXPIRED.server(), HELLO)) {
      trusting.dial(origin(good), look()).close();
      assertThat(kindOf(() -> trusting.dial(origin(old), look()))).isEqualTo(TLS_EXPIRED);
    }
  }

  @Test
  void a_resumed_session_still_notes_the_certificate() throws Exception {
    try (RawServer server = RawServer.tls(TestCertificates.VALID.server(), HELLO)) {
      for (int i = 0; i < 3; i++) {
        Look look = look();
        assertThat(fetch(server, look)).isEqualTo("hello");
        assertThat(look.certificate()).isNotNull();
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  static Stream<Arguments> peers() {
    return Stream.of(
        peer("an HTTP server", p -> p.write("HTTP/1.1 400 Bad Request\r\n\r\n"), TLS_PROTOCOL),
        peer("a mail server", p -> p.write("220 mail ready\r\n"), TLS_PROTOCOL),
        peer("an end at once", p -> {}, TLS_CLOSED),
        peer("half a record", p -> p.write(new byte[] {0x16, 3, 3, 0, 50, 2, 0}), TLS_CLOSED),
        peer("an alert", p -> p.write(new byte[] {0x15, 3, 3, 0, 2, 2, 40}), TLS_PROTOCOL),
        peer(
            "an alert for the name",
            p -> p.write(new byte[] {0x15, 3, 3, 0, 2, 2, 112}),
            TLS_HOSTNAME),
        peer(
            "an alert for the version",
            p -> p.write(new byte[] {0x15, 3, 3, 0, 2, 2, 70}),
            TLS_PROTOCOL),
        peer("nonsense", p -> p.write(new byte[] {0x16, 3, 3, 0, 4, 99, 0, 0, 0}), TLS_PROTOCOL));
  }

  @ParameterizedTest
  @MethodSource("peers")
  void a_peer_without_tls_has_its_kind(RawServer.Script script, FailureKind kind) {
    try (RawServer server = RawServer.plain(script)) {
      FailureException failure =
          failureOf(() -> dialer.dial(new Origin(true, "localhost", server.port()), look()));
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.detail()).doesNotContainPattern("\\p{Cntrl}").doesNotContain("javax");
    }
  }

  @Test
  void a_reset_in_the_handshake_is_its_end() {
    try (RawServer server =
        RawServer.plain(peer -> {
          peer.pause(50);
          peer.reset();
        })) {
      assertThat(kindOf(() -> dialer.dial(new Origin(true, "localhost", server.port()), look())))
          .isEqualTo(TLS_CLOSED);
    }
  }

  @Test
  void plain_text_on_a_tls_port_gets_a_hint() {
    try (RawServer server = RawServer.plain(p -> p.write("HTTP/1.0 400 Bad Request\r\n\r\n"))) {
      assertThat(
              failureOf(() -> dialer.dial(new Origin(true, "localhost", server.port()), look()))
                  .detail())
          .contains("http://");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_server_that_demands_a_client_certificate_is_told_apart(String version) throws Exception {
    SSLContext context = TestCertificates.VALID.server();
    try (SSLServerSocket listener =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0)) {
      listener.setNeedClientAuth(true);
      listener.setEnabledProtocols(new String[] {version});
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = listener.accept()) {
              socket.getInputStream().read();
            } catch (java.io.IOException e) {
              // the handshake fails here too
            }
          });
      Origin origin = new Origin(true, "localhost", listener.getLocalPort());
      FailureException failure =
          failureOf(() -> {
            try (HttpConnection connection = dialer.dial(origin, look())) {
              connection.exchange(get("/"), look()).close();
            }
          });
      assertThat(failure.kind()).isEqualTo(TLS_PROTOCOL);
      assertThat(failure.detail()).contains("client certificate");
    }
  }

  private static Arguments peer(String name, RawServer.Script script, FailureKind kind) {
    RawServer.Script ending =
        peer -> {
          script.run(peer);
          peer.finish();
          peer.hold();
        };
    return argumentSet(name, ending, kind);
  }
}
