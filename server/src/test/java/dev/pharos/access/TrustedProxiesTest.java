package dev.pharos.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static final TrustedProxies OURS =
      TrustedProxies.parse(List.of("127.0.0.1", "10.1.128.0/17", "2001:db8:0:8000::/49", "::1"));

  private static InetAddress client(TrustedProxies proxies, String peer, String... forwarded) {
    return proxies.client(InetAddress.ofLiteral(peer), List.of(forwarded));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # peer             | X-Forwarded-For                        | client
          192.0.2.9          | 203.0.113.5                            | 192.0.2.9
          127.0.0.1          | 203.0.113.5                            | 203.0.113.5
          127.0.0.1          | 1.2.3.4, 203.0.113.5                   | 203.0.113.5
          127.0.0.1          | 1.2.3.4, 203.0.113.5, 10.1.200.7       | 203.0.113.5
          127.0.0.1          | 203.0.113.5, 10.1.127.255              | 10.1.127.255
          127.0.0.1          | 10.1.200.7, 10.1.255.255               | 10.1.200.7
          127.0.0.1          | 1.2.3.4, unknown                       | 127.0.0.1
          127.0.0.1          | 1.2.3.4, example.com, 10.1.200.7       | 10.1.200.7
          127.0.0.1          | ''                                     | 127.0.0.1
          127.0.0.1          | 203.0.113.5:4711                       | 203.0.113.5
          127.0.0.1          | [2001:db8:1::5]:4711                   | 2001:db8:1::5
          127.0.0.1          | [2001:db8:1::5                         | 127.0.0.1
          2001:db8:0:ffff::1 | 2001:db8:0:7fff::1                     | 2001:db8:0:7fff::1
          2001:db8:0:7fff::1 | 203.0.113.5                            | 2001:db8:0:7fff::1
          ::ffff:10.1.200.7  | 203.0.113.5                            | 203.0.113.5
          """)
  void the_first_from_the_right_that_is_not_ours_is_the_client(
      String peer, String forwarded, String client) {
    assertThat(client(OURS, peer, forwarded)).isEqualTo(InetAddress.ofLiteral(client));
  }

  @Test
  void several_headers_are_one_list() {
    assertThat(client(OURS, "127.0.0.1", "1.2.3.4", "203.0.113.5", "10.1.200.7"))
        .isEqualTo(InetAddress.ofLiteral("203.0.113.5"));
    assertThat(client(OURS, "127.0.0.1")).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
  }

  @Test
  void nobody_is_believed_unless_named() {
    assertThat(client(TrustedProxies.NONE, "127.0.0.1", "203.0.113.5"))
        .isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
    assertThat(client(TrustedProxies.parse(List.of("0.0.0.0/0")), "8.8.8.8", "203.0.113.5"))
        .isEqualTo(InetAddress.ofLiteral("203.0.113.5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "::1/129", "1/x"})
  void what_is_no_address_is_named(String text) {
    assertThatThrownBy(() -> TrustedProxies.parse(List.of("127.0.0.1", text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }
}
