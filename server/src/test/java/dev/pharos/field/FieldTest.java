package dev.pharos.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTest {
  @ParameterizedTest
  @CsvSource({
    "urll, url",
    "URL, url",
    "time-out, timeout",
    "name, name",
    "nmae, name",
    "zzz, ",
    "timout, timeout"
  })
  void a_near_word_is_found(String word, String meant) {
    assertThat(Nearest.of(word, List.of("name", "url", "timeout"))).isEqualTo(meant);
  }

  @Test
  void a_very_long_word_is_near_to_nothing() {
    assertThat(Nearest.of("x".repeat(1_000_000), List.of("x"))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"a, b, a.b", "'', b, b", "a, b c, 'a[\"b c\"]'", "'', '', '[\"\"]'"})
  void a_path_names_a_place(String parent, String key, String path) {
    assertThat(FieldPath.child(parent, key)).isEqualTo(path);
  }

  @Test
  void a_path_cannot_smuggle_control_characters_or_length() {
    assertThat(FieldPath.child("a", "b\n\u001b\u202e")).isEqualTo("a[\"b???\"]");
    assertThat(FieldPath.child("a", "x".repeat(1_000_000))).hasSizeLessThan(120);
  }

  @ParameterizedTest
  @CsvSource({"30000, 30", "500, 0.5", "1, 0.001", "600000, 600"})
  void seconds_are_written_as_people_write_them(long millis, String text) {
    assertThat(Seconds.json(Duration.ofMillis(millis)).toString()).isEqualTo(text);
    assertThat(Seconds.plain(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
