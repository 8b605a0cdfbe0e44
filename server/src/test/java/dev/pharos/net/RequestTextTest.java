package dev.pharos.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestTextTest {
  @Test
  void own_headers_come_first_and_the_calls_after_them() {
    HttpCall call =
        new HttpCall(
            "POST", "/mcp?a=b", List.of(new Header("Accept", "text/event-stream")), new byte[3]);
    assertThat(RequestText.head(call, "host.test:81"))
        .isEqualTo(
            String.join(
                "\r\n",
                "POST /mcp?a=b HTTP/1.1",
                "Host: host.test:81",
                "Accept-Encoding: gzip",
                "Content-Length: 3",
                "Accept: text/event-stream",
                "",
                ""));
  }

  @ParameterizedTest
  @CsvSource({"GET,0,false", "DELETE,0,false", "POST,0,true", "PUT,0,true", "DELETE,1,true"})
  void a_length_stands_where_a_body_is_or_is_expected(String method, int length, boolean stands) {
    HttpCall call = new HttpCall(method, "/", List.of(), new byte[length]);
    assertThat(RequestText.head(call, "h").contains("Content-Length: " + length)).isEqualTo(stands);
  }

  @Test
  void no_part_can_start_a_line_of_its_own() {
    HttpCall call =
        new HttpCall(
            "GET\n",
            "/\r\nX-A: 1",
            List.of(new Header("X-B\r\nX-C", "1\r\n\r\nGET / HTTP/1.1\u0000\tend")),
            new byte[0]);
    assertThat(RequestText.head(call, "h\r\nX-D: 1").lines().toList())
        .containsExactly(
            "GET  /  X-A: 1 HTTP/1.1",
            "Host: h  X-D: 1",
            "Accept-Encoding: gzip",
            "X-B  X-C: 1    GET / HTTP/1.1 \tend",
            "");
  }
}
