package dev.pharos.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest extends McpTest {
  private static List<String> taken(String text) throws FailureException {
    List<String> taken = new ArrayList<>();
    byte[] all = bytes("--" + text + "--");
    var _ =
        Batch.take(
            all,
            2,
            all.length - 4,
            JSON,
            (bytes, offset, length) -> taken.add(new String(bytes, offset, length, UTF_8)));
    return taken;
  }

  @Test
  void each_message_of_an_array_keeps_its_own_text() throws FailureException {
    assertThat(taken(" [ {\"a\":1.0} ,\n{\"é\":[{}]}]"))
        .containsExactly("{\"a\":1.0}", "{\"é\":[{}]}");
    assertThat(taken("\uFEFF[{\"a\":1}]")).containsExactly("{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":1}", "", "[]", "[5]", "[{},5]", "[{}", "[{}] x", "[{},{]", "\"[{}]\""})
  void anything_else_is_one_message(String text) throws FailureException {
    assertThat(taken(text)).containsExactly(text);
  }

  @Test
  void the_answer_may_stand_anywhere_in_it() throws FailureException {
    byte[] body = bytes("[{},{\"x\":1},{}]");
    assertThat(Batch.take(body, 0, body.length, JSON, (_, _, length) -> length > 2)).isTrue();
    assertThat(Batch.take(body, 0, body.length, JSON, (_, _, length) -> length > 9)).isFalse();
  }

  @Test
  void a_batch_in_a_wider_encoding_is_refused() {
    byte[] body = "[{\"a\":1}]".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
    assertThat(kindOf(() -> Batch.take(body, 0, body.length, JSON, (_, _, _) -> true)))
        .isEqualTo(FailureKind.INVALID_UTF8);
  }
}
