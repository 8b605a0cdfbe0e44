package dev.pharos.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WellKnownTest {
  @ParameterizedTest
  @CsvSource({
    "https://H.test/mcp, https://h.test/.well-known/oauth-protected-resource/mcp"
        + " https://h.test/.well-known/oauth-protected-resource",
    "https://h.test:443/a/b/?k=secret#f, https://h.test/.well-known/oauth-protected-resource/a/b"
        + " https://h.test/.well-known/oauth-protected-resource",
    "http://[::1]:8/, http://[::1]:8/.well-known/oauth-protected-resource",
    "https://h.test, https://h.test/.well-known/oauth-protected-resource",
  })
  void resource_metadata_is_sought_below_the_path_and_then_at_the_root(String mcp, String places) {
    assertThat(WellKnown.resource(ResourceAddress.of(URI.create(mcp))))
        .extracting(URI::toString)
        .containsExactly(places.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.test, https://h.test/.well-known/oauth-authorization-server"
        + " https://h.test/.well-known/openid-configuration",
    "https://h.test/, https://h.test/.well-known/oauth-authorization-server"
        + " https://h.test/.well-known/openid-configuration",
    "https://h.test/t/u/, https://h.test/.well-known/oauth-authorization-server/t/u"
        + " https://h.test/.well-known/openid-configuration/t/u"
        + " https://h.test/t/u/.well-known/openid-configuration",
  })
  void server_metadata_is_sought_in_the_order_of_the_protocol(String issuer, String places) {
    assertThat(WellKnown.authorizationServer(URI.create(issuer)))
        .extracting(URI::toString)
        .containsExactly(places.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.test/mcp, https://h.test/mcp, true",
    "https://h.test/mcp/, https://h.test/mcp, true",
    "https://H.TEST:443/mcp, https://h.test/mcp?k=1, true",
    "https://h.test, https://h.test/a/b, true",
    "https://h.test/a, https://h.test/a/b, true",
    "https://h.test/a, https://h.test/ab, false",
    "https://h.test/a/b, https://h.test/a, false",
    "https://h.test/x/../a, https://h.test/a, true",
    "https://h.test/a, https://h.test/a/../b, false",
    "http://h.test/a, https://h.test/a, false",
    "https://h.test:8443/a, https://h.test/a, false",
    "https://other.test/a, https://h.test/a, false",
    "https://h.test/A, https://h.test/a, false",
  })
  void a_resource_covers_itself_and_what_lies_below(String resource, String mcp, boolean covers) {
    assertThat(ResourceAddress.of(URI.create(resource)).covers(ResourceAddress.of(URI.create(mcp))))
        .isEqualTo(covers);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS://H.Test:443/Mcp/?k=secret#f, https://h.test/Mcp",
    "http://h.test:80/, http://h.test",
    "http://[::1]:3000/mcp, http://[::1]:3000/mcp",
  })
  void the_canonical_address_is_plain_and_holds_no_query(String mcp, String canonical) {
    assertThat(ResourceAddress.of(URI.create(mcp))).hasToString(canonical);
  }
}
