package dev.pharos.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.TransportChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTextTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:3001/mcp",
        "https://example.com",
        "HTTP://[::1]:8080/mcp?x=1",
      })
  void an_address_is_taken_as_it_is(String text) {
    assertThat(TargetText.read(text, TransportChoice.SSE))
        .isInstanceOfSatisfying(
            TargetText.Address.class,
            address -> {
              assertThat(address.transport().url()).hasToString(text);
              assertThat(address.transport().choice()).isEqualTo(TransportChoice.SSE);
            });
  }

  @Test
  void an_existing_file_is_a_file_whatever_its_name() throws IOException {
    Path file = Files.writeString(folder.resolve("localhost"), "{}");

    assertThat(TargetText.read(file.toString(), TransportChoice.AUTO))
        .isEqualTo(new TargetText.ConfigFile(file));
  }

  @Test
  void a_folder_is_a_mistake() {
    assertThat(mistake(folder.toString())).endsWith("is a folder: name the client's file in it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          localhost:3001/mcp      | did you mean http://localhost:3001/mcp?
          localhost/mcp           | did you mean http://localhost/mcp?
          127.0.0.1:80            | did you mean http://127.0.0.1:80?
          [::1]:80/mcp            | did you mean http://[::1]:80/mcp?
          example.com:8080/mcp    | did you mean http://example.com:8080/mcp?
          mcp.example.com/mcp     | did you mean https://mcp.example.com/mcp?
          no/such/mcp.json        | no such file: no/such/mcp.json
          mcp.yaml                | no such file: mcp.yaml
          ./thing                 | no such file: ./thing
          ~/thing                 | no such file: ~/thing
          npx                     | pharos check -- npx)
          ws://example.com        | ws:// addresses cannot be looked at
          file:///etc/passwd      | file:// addresses cannot be looked at
          http://                 | not a valid URL: look at character
          http://exa mple.com     | not a valid URL: look at character
          http:///mcp             | has no host name
          https://u:canary@h/     | must not hold a user name or password
          https://h/#canary       | must not have a fragment
          """)
  void a_mistake_says_what_to_write_instead(String text, String message) {
    assertThat(mistake(text)).contains(message).doesNotContain("canary");
  }

  @Test
  void an_empty_target_is_a_mistake() {
    assertThat(mistake(" ")).startsWith("the target is empty");
  }

  private static String mistake(String text) {
    TargetText read = TargetText.read(text, TransportChoice.AUTO);
    assertThat(read).isInstanceOf(TargetText.Mistake.class);
    return ((TargetText.Mistake) read).message();
  }
}
