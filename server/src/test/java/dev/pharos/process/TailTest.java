package dev.pharos.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailTest {
  @ParameterizedTest
  @CsvSource({
    "'',''",
    "abc,abc",
    "abcdefgh,abcdefgh",
    "abcdefghi,bcdefghi",
    "abcdefghijklmnopqrstuvwxyz,stuvwxyz"
  })
  void the_last_bytes_are_kept_however_they_come(String written, String kept) {
    for (int chunk = 1; chunk <= 26; chunk++) {
      Tail tail = new Tail(8);
      byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
      for (int from = 0; from < bytes.length; from += chunk) {
        int count = Math.min(chunk, bytes.length - from);
        tail.take(written.substring(from, from + count).getBytes(StandardCharsets.UTF_8), count);
      }
      assertThat(tail.text()).as("in chunks of " + chunk).isEqualTo(kept);
    }
  }

  @Test
  void a_character_cut_by_the_ring_is_left_out() {
    Tail tail = new Tail(8);
    byte[] bytes = "€€€€".getBytes(StandardCharsets.UTF_8);
    tail.take(bytes, bytes.length);
    assertThat(tail.text()).isEqualTo("€€");
  }

  @Test
  void what_is_no_utf_8_is_replaced() {
    Tail tail = new Tail(8);
    tail.take(new byte[] {'a', (byte) 0xFF, 'b'}, 3);
    assertThat(tail.text()).isEqualTo("a\uFFFDb");
  }
}
