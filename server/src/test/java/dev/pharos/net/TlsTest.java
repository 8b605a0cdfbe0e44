package dev.pharos.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawServer;
import dev.pharos.testing.TestCertificates;
import dev.pharos.trace.Certificate;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class TlsTest extends NetTest {
  static final RawServer.Script HELLO =
      peer -> {
        while (true) {
          peer.readRequest();
          peer.answer(200, "text/plain", "hello");
        }
      };

  @Test
  void a_good_certificate_is_noted_and_the_exchange_goes_on() throws Exception {
    Look look = look();
    try (RawServer server = RawServer.tls(TestCertificates.VALID.server(), HELLO)) {
      assertThat(fetch(server, look)).isEqualTo("hello");
    }
    Certificate seen = Objects.requireNonNull(look.certificate());
    assertThat(seen.subject()).isEqualTo("CN=right-name.test");
    assertThat(seen.issuer()).isEqualTo("CN=Pharos test authority");
    assertThat(look.clock().current()).isEqualTo(Stage.TLS);
  }
}
