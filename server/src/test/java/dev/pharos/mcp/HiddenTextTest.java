package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenTextTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x07, 0x1B, 0x7F, 0x85, 0x9F, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5,
        0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202E, 0x2060, 0x2064, 0x2066,
        0x2069, 0x3164, 0xFEFF, 0xFFA0, 0xE0000, 0xE007F, 0xE0100, 0xE01EF
      })
  void each_hidden_character_is_found_raw_and_escaped(int c) {
    String raw = "{\"a\":\"x" + Character.toString(c) + "y\"}";
    StringBuilder escaped = new StringBuilder("{\"a\":\"x");
    Character.toString(c).chars().forEach(unit -> escaped.append("\\u%04X".formatted(unit)));
    escaped.append("y\"}");
    assertThat(HiddenText.firstHidden(raw)).isEqualTo(c);
    assertThat(HiddenText.firstHidden(escaped.toString())).isEqualTo(c);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"plain é 世界 😀\"}",
        "{\n\t\"a\" :\r\n \"\\n\\r\\t\\\"\\\\\\/\"}",
        "{\"a\":\"\\\\u200b is how it is written\"}",
        "{\"a\":\"👩\u200D💻\"}",
        "{\"a\":\"\\ud83d\\udc69\\u200d\\ud83d\\udcbb\"}",
        "{\"a\":\"می\u200Cخواهم\"}",
      })
  void honest_text_hides_nothing(String json) {
    assertThat(HiddenText.firstHidden(json)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          §"👩\u200D\u200C\u200D"§     | 0x200C
          §"a\u200D"§                  | 0x200D
          §"\\b"§                      | 0x8
          §"\\f"§                      | 0xC
          §"\\ud83d\\u200b"§           | 0x200B
          §"\\ud83d\u200b"§            | 0x200B
          §"\\\\\\u200b"§              | 0x200B
          """)
  void joiners_in_a_row_short_escapes_and_broken_pairs_hide_nothing_from_us(
      String json, String found) {
    assertThat(HiddenText.firstHidden(json)).isEqualTo(Integer.decode(found));
  }
}
