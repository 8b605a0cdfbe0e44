package dev.pharos.mcp;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest extends McpTest {
  private static Envelope<Boolean> read(String text) throws FailureException {
    byte[] message = bytes(text);
    return Envelope.read(JSON, message, 0, message.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          {"jsonrpc":"2.0","id":1,"result":{}}                              | RESULT
          {"result":{"a":[{}]},"id":1,"jsonrpc":"2.0"}                      | RESULT
          {"jsonrpc":"2.0","id":1,"result":{},"error":null}                 | RESULT
          {"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"m"}}        | ERROR
          {"jsonrpc":"2.0","id":1,"result":null,"error":{"code":-1}}        | ERROR
          {"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"m"}}     | ERROR
          {"jsonrpc":"2.0","error":{"code":-1,"message":5}}                 | ERROR
          {"jsonrpc":"2.0","id":"x","method":"ping"}                        | REQUEST
          {"jsonrpc":"2.0","id":null,"method":"ping"}                       | REQUEST
          {"jsonrpc":"2.0","method":"notifications/x","params":{"a":1}}     | NOTIFICATION
          {"jsonrpc":"2.0","method":"x","extra":{"jsonrpc":"1.0","id":[]}}  | NOTIFICATION
          """)
  void good_messages_are_told_apart(String message, Envelope.Kind kind) throws FailureException {
    assertThat(read(message).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          {"id":1,"result":{}}                                       | INVALID_JSONRPC
          {"jsonrpc":"1.0","id":1,"result":{}}                       | INVALID_JSONRPC
          {"jsonrpc":2.0,"id":1,"result":{}}                         | INVALID_JSONRPC
          {"jsonrpc":{"a":"2.0"},"id":1,"result":{}}                 | INVALID_JSONRPC
          {"jsonrpc":"2.0","id":1}                                   | INVALID_JSONRPC
          {"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1}}    | INVALID_JSONRPC
          {"jsonrpc":"2.0","id":1,"error":"no"}                      | INVALID_JSONRPC
          {"jsonrpc":"2.0","id":1,"error":{"code":"1"}}              | INVALID_JSONRPC
          {"jsonrpc":"2.0","id":1,"error":{"code":1.5}}              | INVALID_JSONRPC
          {"jsonrpc":"2.0","id":1,"error":{"message":"m"}}           | INVALID_JSONRPC
          {"jsonrpc":"2.0","id":1,"method":5}                        | INVALID_JSONRPC
          []                                                         | INVALID_JSONRPC
          "text"                                                     | INVALID_JSONRPC
          5                                                          | INVALID_JSONRPC
          {"jsonrpc":"2.0","id":1,"result":[]}                       | SCHEMA_VIOLATION
          {"jsonrpc":"2.0","id":1,"result":"x"}                      | SCHEMA_VIOLATION
          {"jsonrpc":"2.0","id":1,"result":null}                     | SCHEMA_VIOLATION
          {"jsonrpc":"2.0","id":1,"result":{}                        | INVALID_JSON
          {"jsonrpc":"2.0","id":01,"result":{}}                      | INVALID_JSON
          {jsonrpc:"2.0"}                                            | INVALID_JSON
          <html>                                                     | INVALID_JSON
          §§                                                         | INVALID_JSON
          """)
  void bad_messages_fail_as_what_they_are(String message, FailureKind kind) {
    FailureException failure = failureOf(() -> read(message));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.detail()).isNotBlank().doesNotContain("tools.jackson", "\n");
  }

  @Test
  void bytes_that_are_not_utf8_are_refused_wherever_they_stand() {
    byte[] message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":\"?\"}}".getBytes(UTF_8);
    message[new String(message, UTF_8).indexOf('?')] = (byte) 0xE9;
    assertThat(kindOf(() -> Envelope.read(JSON, message, 0, message.length)))
        .isEqualTo(FailureKind.INVALID_UTF8);
  }

  @Test
  void wider_encodings_are_refused_with_and_without_a_mark() {
    String text = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
    for (Charset wide : List.of(UTF_16LE, UTF_16BE, Charset.forName("UTF-32BE"))) {
      for (String mark : List.of("", "\uFEFF")) {
        byte[] message = (mark + text).getBytes(wide);
        assertThat(kindOf(() -> Envelope.read(JSON, message, 0, message.length)))
            .as("%s %s", wide, mark.isEmpty())
            .isEqualTo(FailureKind.INVALID_UTF8);
      }
    }
  }

  @Test
  void depth_is_bounded() {
    String deep = "[".repeat(80) + "]".repeat(80);
    assertThat(kindOf(() -> read("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":" + deep + "}}")))
        .isEqualTo(FailureKind.TOO_DEEP);
  }

  @Test
  void an_absurd_name_or_number_is_no_syntax_fault() {
    String number = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":" + "1".repeat(2000) + "}}";
    String name = "{\"jsonrpc\":\"2.0\",\"id\":1,\"" + "n".repeat(60_000) + "\":1,\"result\":{}}";
    assertThat(
            kindOf(() -> {
              byte[] message = bytes(number);
              Envelope.read(JSON, message, 0, message.length, (parser, _, _) -> JSON.tree(parser));
            }))
        .isEqualTo(FailureKind.OVERSIZE);
    assertThat(kindOf(() -> read(name))).isEqualTo(FailureKind.OVERSIZE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":12345,\"result\":{\"a\":[1,{}]}}",
        "{\"result\": {\"a\" : [1,{}]} , \"jsonrpc\":\"2.0\", \"id\" : 12345 }  ",
        "\n{\"jsonrpc\":\"2.0\",\"ü\":\"é😀\",\"id\":12345\n,\"result\":{\"é\":\"\\u00e9\"}}",
        "{\"id\":\"12345\",\"result\":{\"id\":1,\"result\":{}},\"jsonrpc\":\"2.0\"}",
        "\uFEFF{\"jsonrpc\":\"2.0\",\"id\":12345,\"result\":{}}",
      })
  void positions_of_id_and_result_are_those_of_their_bytes(String text) throws FailureException {
    for (String before : List.of("", "xyz")) {
      byte[] all = bytes(before + text + "zzz");
      int offset = before.length();
      Envelope<Boolean> envelope = Envelope.read(JSON, all, offset, bytes(text).length);
      assertThat(new String(all, envelope.idAt(), envelope.idEnd() - envelope.idAt(), UTF_8))
          .matches("12345|\"12345\"");
      String result =
          new String(all, envelope.resultAt(), envelope.resultEnd() - envelope.resultAt(), UTF_8);
      assertThat(result).startsWith("{").endsWith("}");
      assertThat(text).contains("\"result\":" + (text.contains(": {\"a") ? " " : "") + result);
      assertThat(envelope.trailing()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          1   | 1  | true
          "1" | 1  | false
          1.0 | 1  | false
          2   | 1  | false
          99999999999999999999999 | 1 | false
          null | 1 | false
          """)
  void an_answer_is_ours_only_with_our_number(String id, long asked, boolean ours)
      throws FailureException {
    assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}").answers(asked))
        .isEqualTo(ours);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          § §      | false
          §\t\t§   | false
          {}       | true
          garbage  | true
          """)
  void what_follows_the_message_is_noticed(String tail, boolean trailing) throws FailureException {
    assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}" + tail).trailing())
        .isEqualTo(trailing);
  }
}
