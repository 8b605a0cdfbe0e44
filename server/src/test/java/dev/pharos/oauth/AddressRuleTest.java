package dev.pharos.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
  private static final AddressRule REMOTE = AddressRule.forServer(URI.create("https://mcp.test/"));
  private static final AddressRule LOCAL =
      AddressRule.forServer(URI.create("http://localhost:3001/mcp"));

  @ParameterizedTest
  @ValueSource(
      strings = {"https://as.test", "HTTPS://as.test:8443/t?q=1", "https://[2001:db8::1]/"})
  void takes_https_from_any_server(String address) throws UnusableException {
    assertThat(REMOTE.read(address)).hasToString(address);
    assertThat(LOCAL.read(address)).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:1/x",
        "http://127.0.0.1",
        "http://127.8.9.1/",
        "http://[::1]:80/",
        "http://a.localhost/",
        "https://localhost/",
        "http://[::ffff:127.0.0.1]/"
      })
  void takes_the_loopback_interface_only_from_a_server_that_is_there_itself(String address)
      throws UnusableException {
    assertThat(LOCAL.read(address)).hasToString(address);
    assertThatThrownBy(() -> REMOTE.read(address)).hasMessageContaining("loopback");
  }

  @ParameterizedTest
  @CsvSource({
    "http://as.test/, is plain http",
    "http://10.0.0.1/, is plain http",
    "http://0.0.0.0/, is plain http",
    "http://127.0.0.1.as.test/, is plain http",
    "http://localhost.as.test/, is plain http",
    "ftp://as.test/, is no absolute https address",
    "file:///etc/passwd, is no absolute https address",
    "/relative, is no absolute https address",
    "https:opaque, is no absolute https address",
    "https://, is no address",
    "https://as.test:0/, is no absolute https address",
    "https://as.test:70000/, is no absolute https address",
    "https://u:p@as.test/, names a user",
    "https://as.test/a b, is no address",
    "https://ä.test/, is no absolute https address",
  })
  void refuses_everything_else(String address, String why) {
    assertThatThrownBy(() -> LOCAL.read(address))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining(why);
  }
}
