package dev.pharos.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainTextTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("plain\ntext\n", "plain\ntext\n"),
        Arguments.of("\u001b[1;31merror\u001b[0m: x", "error: x"),
        Arguments.of("\u001b[2K\u001b[1Gnpm warn", "npm warn"),
        Arguments.of("\u001b]0;title\u0007after", "after"),
        Arguments.of("\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link"),
        Arguments.of("\u001b(Btext\u001b7", "text"),
        Arguments.of("\u009b31mred", "red"),
        Arguments.of("cut off \u001b[3", "cut off "),
        Arguments.of("a\r\nb\rc", "a\nb\nc"),
        Arguments.of("nul\0bell\u0007back\b tab\tdel\u007f", "nulbellback tab del"),
        Arguments.of("c1\u0085x", "c1x"),
        Arguments.of("größe ✓ 😀", "größe ✓ 😀"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void terminal_commands_and_control_characters_are_gone(String text, String plain) {
    assertThat(PlainText.lines(text)).isEqualTo(plain);
  }

  @Test
  void one_line_has_no_newline() {
    assertThat(PlainText.line("a\r\n\tb\u001b[0m")).isEqualTo("a b");
  }
}
