package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void text_becomes_one_harmless_line() {
    Map.of(
            "plain", "plain",
            "  a \t\n b\r\n", "a b",
            "a\033[31mb\0", "a [31mb",
            "a\u0085b\u2028c", "a b c",
            "a\u202Eb\u200bc", "a\\u202eb\\u200bc",
            "a\ud800b", "a\\ud800b",
            "😀é世", "😀é世",
            "", "")
        .forEach((text, line) -> assertThat(Text.line(text)).isEqualTo(line));
  }

  @Test
  void a_long_text_is_cut_between_characters() {
    assertThat(Text.line("x".repeat(300))).hasSize(300);
    assertThat(Text.line("x".repeat(301))).hasSize(301).endsWith("…");
    String cut = Text.line("😀".repeat(400));
    assertThat(cut).endsWith("😀…");
    assertThat(
            Text.line("é".repeat(2000).getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, 4000))
        .isEqualTo("é".repeat(300) + "…");
  }

  @Test
  void half_characters_are_replaced_and_whole_text_is_left_alone() {
    String fine = "a😀é";
    assertThat(Text.whole(fine)).isEqualTo(fine);
    assertThat(Text.whole("a\ud83d")).isEqualTo("a?");
    assertThat(Text.whole("\ude00b")).isEqualTo("?b");
    String plain = "plain";
    assertThat(Text.whole(plain)).isSameAs(plain);
  }
}
