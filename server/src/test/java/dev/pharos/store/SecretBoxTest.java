package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretBoxTest {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"", "hunter2", "{\"a\":\"\u00fc\ud83d\ude00\"}"})
  void what_was_sealed_opens_at_its_place_alone(String text) {
    SecretBox box = SecretBox.open(folder, KEY);
    String sealed = box.seal(text, "here");
    assertThat(box.open(sealed, "here")).isEqualTo(text);
    assertThat(box.seal(text, "here")).as("a nonce of its own").isNotEqualTo(sealed);
    assertThatThrownBy(() -> box.open(sealed, "there")).isInstanceOf(StoreException.class);
  }

  @Test
  void what_was_tampered_with_does_not_open() {
    SecretBox box = SecretBox.open(folder, KEY);
    byte[] bytes = Base64.getDecoder().decode(box.seal("text", "here").substring(3));
    bytes[bytes.length - 1] ^= 1;
    String tampered = "v1." + Base64.getEncoder().encodeToString(bytes);
    assertThatThrownBy(() -> box.open(tampered, "here")).isInstanceOf(StoreException.class);
    for (String nonsense : new String[] {"", "v1.", "v1.AAAA", "v1.!", "v2." + KEY}) {
      assertThatThrownBy(() -> box.open(nonsense, "here")).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void a_key_file_is_made_for_its_owner_alone_and_used_again() throws IOException {
    Path data = folder.resolve("data");
    String sealed = SecretBox.open(data, null).seal("text", "here");
    assertThat(SecretBox.open(data, null).open(sealed, "here")).isEqualTo("text");
    Path file = data.resolve("secret.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
  }

  @Test
  void a_configured_key_needs_no_file() {
    SecretBox.open(folder, KEY);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_passphrase_is_a_key_too() {
    String sealed = SecretBox.open(folder, "correct horse battery").seal("text", "here");
    assertThat(SecretBox.open(folder, "correct horse battery").open(sealed, "here"))
        .isEqualTo("text");
    assertThatThrownBy(() -> SecretBox.open(folder, "correct horse battery!").open(sealed, "here"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another key than that of PHAROS_SECRET_KEY");
  }

  @Test
  void a_short_passphrase_is_refused() {
    assertThatThrownBy(() -> SecretBox.open(folder, "hunter2"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("too short")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void a_damaged_key_file_is_told() throws IOException {
    Files.writeString(folder.resolve("secret.key"), "nonsense");
    assertThatThrownBy(() -> SecretBox.open(folder, null))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("secret.key is damaged");
  }
}
