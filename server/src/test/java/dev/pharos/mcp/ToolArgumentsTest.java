package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolArgumentsTest {
  @Test
  void an_object_over_several_lines_becomes_one_line_and_keeps_its_numbers() {
    assertThat(new ToolArguments("{\n \"a\": \"x\\ny\",\r\n\"n\":0.12345678901234567890}").json())
        .isEqualTo("{  \"a\": \"x\\ny\", \"n\":0.12345678901234567890}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "\"{}\"", "{", "{} {}", "{a:1}", "{\"a\":\"\n\"}"})
  void anything_else_is_refused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ToolArguments(text))
        .withMessageStartingWith("the arguments are not");
  }
}
