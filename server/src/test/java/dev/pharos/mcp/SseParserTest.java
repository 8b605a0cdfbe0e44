package dev.pharos.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest extends McpTest {
  private static final int BOUND = 4096;

  /** What a stream told: its events, and what it left behind for a resume. */
  private record Told(List<String> events, String lastEventId, long retryMillis) {}

  private static Told parse(byte[] stream, int... cuts) throws FailureException {
    List<String> events = new ArrayList<>();
    try (SseParser parser =
        SseParser.brief(
            BOUND,
            (type, bytes, offset, length) ->
                events.add(type + "|" + new String(bytes, offset, length, UTF_8)))) {
      int at = 0;
      for (int cut : cuts) {
        parser.feed(stream.clone(), at, cut - at);
        at = cut;
      }
      parser.feed(stream, at, stream.length - at);
      return new Told(events, String.valueOf(parser.lastEventId()), parser.retryMillis());
    }
  }

  private static Told parse(String stream) throws FailureException {
    return parse(bytes(stream));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void any_line_end_cut_at_any_byte_gives_the_same_events(String end) throws FailureException {
    byte[] stream =
        bytes(
            "\uFEFF: hello\nevent: message\nid: 7\ndata: {\"a\":\ndata:  1}é\n\nretry: 250\nevent: ping\ndata\n\n"
                .replace("\n", end));
    Told whole = parse(stream);
    assertThat(whole).isEqualTo(new Told(List.of("message|{\"a\":\n 1}é", "ping|"), "7", 250));
    for (int first = 0; first <= stream.length; first++) {
      for (int second = first; second <= stream.length; second++) {
        assertThat(parse(stream, first, second)).isEqualTo(whole);
      }
    }
  }

  @Test
  void an_event_is_told_at_the_carriage_return_without_waiting_for_more() throws FailureException {
    assertThat(parse("data: x\r\r").events()).containsExactly("message|x");
  }

  @Test
  void a_byte_order_mark_counts_only_at_the_start() throws FailureException {
    assertThat(parse("\uFEFFdata: a\n\n\uFEFFdata: b\n\n").events()).containsExactly("message|a");
  }

  @Test
  void comments_and_unknown_fields_are_skipped() throws FailureException {
    assertThat(parse(": c\n:\nfoo: 1\ndata: x\n:y\n\n").events()).containsExactly("message|x");
  }

  @Test
  void data_lines_are_joined_and_lose_one_blank() throws FailureException {
    assertThat(parse("data:a\ndata:  b\ndata\ndata:\n\n").events())
        .containsExactly("message|a\n b\n\n");
  }

  @Test
  void an_event_without_its_blank_line_is_not_told_and_its_id_does_not_count()
      throws FailureException {
    Told told = parse("id: 1\ndata: a\n\nid: 2\ndata: {\"cut");
    assertThat(told.events()).containsExactly("message|a");
    assertThat(told.lastEventId()).isEqualTo("1");
    assertThat(parse("id: 1\ndata: a\n\nid: 2\ndata: b\n").lastEventId()).isEqualTo("1");
  }

  @Test
  void a_priming_event_is_told_with_its_id() throws FailureException {
    Told told = parse("id: event-1\nretry: 500\ndata: \n\n");
    assertThat(told).isEqualTo(new Told(List.of("message|"), "event-1", 500));
    assertThat(parse("id: only\n\n").events()).containsExactly("message|");
  }

  @Test
  void an_empty_id_takes_back_the_last_one_and_a_bad_one_is_ignored() throws FailureException {
    assertThat(parse("id: 1\n\nid\ndata: x\n\n").lastEventId()).isEqualTo("null");
    assertThat(parse("id: 1\n\nid: a\u0000b\n\n").lastEventId()).isEqualTo("1");
    assertThat(parse("id: 1\n\nid: " + "x".repeat(1025) + "\n\n").lastEventId()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1500, 1500",
    "0000000000000000000000009, 9",
    "30001, 30000",
    "99999999999999999999999999, 30000",
    "-1, -1",
    "1.5, -1",
    "1s, -1",
    "'', -1",
  })
  void the_wait_before_a_retry_is_clamped(String given, long millis) throws FailureException {
    assertThat(parse("retry: " + given + "\n\n").retryMillis()).isEqualTo(millis);
  }

  @Test
  void a_line_of_a_megabyte_is_read_whole() throws FailureException {
    String data = "é".repeat(512 * 1024);
    List<Integer> lengths = new ArrayList<>();
    try (SseParser parser = SseParser.brief(1 << 20, (_, _, _, length) -> lengths.add(length))) {
      byte[] stream = bytes("data: " + data + "\n\n");
      for (int at = 0; at < stream.length; at += 1000) {
        parser.feed(stream, at, Math.min(1000, stream.length - at));
      }
    }
    assertThat(lengths).containsExactly(1 << 20);
  }

  @ParameterizedTest
  @CsvSource({"4096, true", "4097, false"})
  void an_event_may_be_as_long_as_the_bound_however_it_is_cut(int length, boolean fits)
      throws FailureException {
    byte[] stream = bytes("data: " + "x".repeat(length) + "\r\n\r\n");
    for (int cut : new int[] {0, 3, 2000, length + 6, length + 7}) {
      if (fits) {
        assertThat(parse(stream, cut).events()).hasSize(1);
      } else {
        assertThat(kindOf(() -> parse(stream, cut))).isEqualTo(FailureKind.OVERSIZE);
      }
    }
  }

  @Test
  void many_data_lines_are_bounded_together_and_a_line_without_end_too() {
    assertThat(kindOf(() -> parse("data: 0123456789\n".repeat(400))))
        .isEqualTo(FailureKind.OVERSIZE);
    FailureException endless = failureOf(() -> parse("x".repeat(BOUND + 100)));
    assertThat(endless.kind()).isEqualTo(FailureKind.OVERSIZE);
    assertThat(endless.detail()).contains("4096");
  }

  @Test
  void random_streams_mean_the_same_however_they_are_cut() throws FailureException {
    long seed = new Random().nextLong();
    System.out.println("SseParserTest seed " + seed);
    Random random = new Random(seed);
    String[] pieces = {
      "data: ",
      "data:",
      "data",
      "id: ",
      "id",
      "retry: ",
      "event: ",
      ":",
      "x",
      "é",
      "7",
      " ",
      "\n",
      "\n",
      "\r",
      "\r\n",
      "\r\n\r\n",
      "\n\n",
      "\uFEFF",
      "\u0000",
      "😀"
    };
    for (int round = 0; round < 3000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      byte[] stream = bytes(text.toString());
      int[] cuts = random.ints(random.nextInt(8), 0, stream.length + 1).sorted().toArray();
      assertThat(parse(stream, cuts)).as("seed %d, round %d", seed, round).isEqualTo(parse(stream));
    }
  }
}
