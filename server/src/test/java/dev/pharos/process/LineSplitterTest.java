package dev.pharos.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {
  private final List<String> heard = new ArrayList<>();

  /** Lines of at most 5 bytes; {@code ~} stands for a line end, {@code ^} for a carriage return. */
  @ParameterizedTest
  @CsvSource({
    "a~b~, a|b",
    "a~b, a|b",
    "a^~b^~, a|b",
    "a^b~, a^b",
    "~~a~, ||a",
    "12345~x~, 12345|x",
    "12345^~x~, 12345|x",
    "123456~x~, OVERSIZE|x",
    "12345^^~x~, OVERSIZE|x",
    "1234567890123~x~, OVERSIZE|x",
    "1234567890123, OVERSIZE",
    "1234567~7654321~, OVERSIZE|OVERSIZE",
  })
  void lines_are_the_same_however_the_bytes_come(String stream, String lines) {
    for (int chunk = 1; chunk <= stream.length(); chunk++) {
      heard.clear();
      split(stream.replace('~', '\n').replace('^', '\r'), chunk);
      assertThat(String.join("|", heard)).as("in chunks of " + chunk).isEqualTo(lines);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8192})
  void an_empty_stream_has_no_line(int chunk) {
    split("", chunk);
    assertThat(heard).isEmpty();
  }

  private void split(String stream, int chunk) {
    LineSplitter splitter = new LineSplitter(5, this::line, () -> heard.add("OVERSIZE"));
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += chunk) {
      int count = Math.min(chunk, bytes.length - from);
      byte[] buffer = new byte[chunk];
      System.arraycopy(bytes, from, buffer, 0, count);
      splitter.take(buffer, count);
    }
    splitter.end();
  }

  private void line(byte[] line) {
    heard.add(new String(line, StandardCharsets.UTF_8).replace('\r', '^'));
  }
}
