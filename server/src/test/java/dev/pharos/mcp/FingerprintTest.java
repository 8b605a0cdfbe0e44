package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.FailureException;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest extends McpTest {
  private static final String TOOLS = "{\"tools\":[{\"name\":\"a\",\"inputSchema\":{}}]}";

  private static @Nullable Fingerprint of(String text, int offset) throws FailureException {
    byte[] all = bytes("x".repeat(offset) + text + "y".repeat(offset));
    int length = all.length - 2 * offset;
    return Fingerprint.of(Envelope.read(JSON, all, offset, length), all, offset, length);
  }

  private static Fingerprint of(String text) throws FailureException {
    return Objects.requireNonNull(of(text, 0));
  }

  private static boolean matches(Fingerprint fingerprint, String text, long id) {
    byte[] all = bytes("???" + text + "??");
    return fingerprint.matches(all, 3, all.length - 5, id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":%s}",
        "{\"jsonrpc\":\"2.0\",\"result\":%2$s,\"id\":%1$d}",
        "{ \"id\" : %d ,\r\n \"result\" : %s , \"jsonrpc\" : \"2.0\", \"x\": [1] }\n",
      })
  void the_same_answer_is_recognised_under_another_id(String form) throws FailureException {
    for (int offset : new int[] {0, 5}) {
      Fingerprint fingerprint = Objects.requireNonNull(of(form.formatted(9L, TOOLS), offset));
      for (long id : new long[] {0, 9, 10, 99, 123456, Long.MAX_VALUE}) {
        assertThat(matches(fingerprint, form.formatted(id, TOOLS), id)).as("id %d", id).isTrue();
        assertThat(matches(fingerprint, form.formatted(id, TOOLS), id / 10 + 1)).isFalse();
      }
    }
  }

  @Test
  void other_white_space_is_another_answer() throws FailureException {
    Fingerprint fingerprint = of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    assertThat(matches(fingerprint, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{ }}", 1)).isFalse();
    assertThat(matches(fingerprint, "{\"jsonrpc\":\"2.0\",\"id\": 1,\"result\":{}}", 1)).isFalse();
    assertThat(matches(fingerprint, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n", 1)).isFalse();
  }

  @Test
  void ids_that_are_not_ours_are_never_recognised() throws FailureException {
    String form = "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{}}";
    Fingerprint fingerprint = of(form.formatted(5));
    assertThat(matches(fingerprint, form.formatted("-5"), -5)).isFalse();
    assertThat(matches(fingerprint, form.formatted("+"), -5)).isFalse();
    assertThat(matches(fingerprint, form.formatted("05"), 5)).isFalse();
    assertThat(matches(fingerprint, form.formatted("\"5\""), 5)).isFalse();
    assertThat(matches(fingerprint, form.formatted("5.0"), 5)).isFalse();
    assertThat(matches(fingerprint, form.formatted("6"), 5)).isFalse();
  }

  @Test
  void a_message_with_a_long_frame_or_a_tail_has_no_fingerprint() throws FailureException {
    String message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}";
    assertThat(of(message + ",\"x\":\"" + "x".repeat(300) + "\"}", 0)).isNull();
    assertThat(of(message + "} {}", 0)).isNull();
  }

  @Test
  void one_changed_byte_is_never_recognised() throws FailureException {
    long seed = new Random().nextLong();
    System.out.println("FingerprintTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      String result = "{\"tools\":[" + "7,".repeat(random.nextInt(200)) + "7]}";
      long id = random.nextInt(100_000);
      boolean idFirst = random.nextBoolean();
      String text =
          idFirst
              ? "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}"
              : "{\"result\":" + result + ",\"id\":" + id + ",\"jsonrpc\":\"2.0\"}";
      Fingerprint fingerprint = of(text);
      assertThat(matches(fingerprint, text, id)).isTrue();
      for (int change = 0; change < 50; change++) {
        byte[] other = bytes(text);
        int at = random.nextInt(other.length);
        other[at] ^= (byte) (1 << random.nextInt(8));
        assertThat(fingerprint.matches(other, 0, other.length, id))
            .as("seed %d, round %d, byte %d of %s", seed, round, at, text)
            .isFalse();
      }
      byte[] longer = bytes(text + " ");
      assertThat(fingerprint.matches(longer, 0, longer.length, id)).isFalse();
      assertThat(fingerprint.matches(longer, 0, longer.length - 2, id)).isFalse();
    }
  }
}
