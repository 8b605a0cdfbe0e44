package dev.pharos.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void keeps_text_on_one_line_without_invisible_characters() {
    assertThat(Excerpt.of("a\r\nb\u001b[31m\u202ec\u200bd  ", 50)).isEqualTo("a b [31m c d");
  }

  @Test
  void cuts_long_text_without_splitting_a_character() {
    assertThat(Excerpt.of("x".repeat(10_000), 5)).isEqualTo("xxxxx…");
    assertThat(Excerpt.of("abc\ud83d\ude00def", 4)).isEqualTo("abc…");
  }

  @Test
  void shows_addresses_without_query_fragment_and_user() {
    assertThat(Excerpt.of(URI.create("https://u:p@h.test:8/a/b?key=k#f")))
        .isEqualTo("https://h.test:8/a/b");
    assertThat(Excerpt.of(URI.create("https://h.test"))).isEqualTo("https://h.test");
  }
}
