package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Observation;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.testing.RawPeer;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that stall, never end, or are broken: in the handshake and in the middle of a session. */
class SurviveBodyTest extends Survival {
  private static final String JSON = "Content-Type: application/json";
  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final String GZIP = "Content-Encoding: gzip";
  private static final byte[] BOMB = RawPeer.gzip(new byte[64 << 20]);

  record Row(String name, boolean slow, FailureKind kind, FakeMcpServer.Answer answer) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    return Stream.concat(stalls(), breaks());
  }

  private static Stream<Row> stalls() {
    return Stream.of(
        new Row(
            "stalls after the head",
            true,
            FailureKind.TIMEOUT_BODY,
            x -> {
              x.head(200, JSON, "Content-Length: 500");
              x.peer().hold();
            }),
        new Row(
            "stalls in the middle",
            true,
            FailureKind.TIMEOUT_BODY,
            x -> {
              x.head(200, JSON, "Content-Length: 500");
              x.peer().write("{\"jsonrpc\":\"2.0\",");
              x.peer().hold();
            }),
        new Row(
            "comes byte by byte",
            true,
            FailureKind.TIMEOUT_BODY,
            x -> {
              x.head(200, JSON, "Content-Length: 500");
              while (true) {
                x.peer().write(" ");
                x.peer().pause(250);
              }
            }),
        new Row(
            "stalls in a compressed body",
            true,
            FailureKind.TIMEOUT_BODY,
            x -> {
              x.head(200, JSON, GZIP, "Content-Length: 500");
              x.peer().write(new byte[] {0x1f, (byte) 0x8b, 8, 0});
              x.peer().hold();
            }));
  }

  private static Stream<Row> breaks() {
    return Stream.of(
        new Row(
            "never ends",
            false,
            FailureKind.OVERSIZE,
            x -> {
              x.head(200, JSON, CHUNKED);
              while (true) {
                x.peer().chunk(" ".repeat(1 << 16));
              }
            }),
        new Row(
            "is a gzip bomb",
            false,
            FailureKind.OVERSIZE,
            x -> {
              x.head(200, JSON, GZIP, "Content-Length: " + BOMB.length);
              x.peer().write(BOMB);
            }),
        new Row(
            "is no gzip though it says so",
            false,
            FailureKind.BAD_ENCODING,
            x -> x.header(GZIP).answer(200, "application/json", "{\"jsonrpc\":\"2.0\"}")),
        new Row(
            "is compressed as nobody asked",
            false,
            FailureKind.BAD_ENCODING,
            x -> x.header("Content-Encoding: br").answer(200, "application/json", "{}")),
        new Row(
            "has a chunk without a size",
            false,
            FailureKind.BAD_CHUNK,
            x -> {
              x.head(200, JSON, CHUNKED);
              x.peer().write("zz\r\n{}\r\n0\r\n\r\n");
            }),
        new Row(
            "has a chunk longer than its size",
            false,
            FailureKind.BAD_CHUNK,
            x -> {
              x.head(200, JSON, CHUNKED);
              x.peer().write("2\r\n{\"jsonrpc\":\"2.0\"}\r\n0\r\n\r\n");
            }),
        new Row(
            "ends inside a chunk",
            false,
            FailureKind.TRUNCATED,
            x -> {
              x.head(200, JSON, CHUNKED);
              x.peer().write("ff\r\n{\"jsonrpc\"");
              x.peer().finish();
            }),
        new Row(
            "ends before its length",
            false,
            FailureKind.TRUNCATED,
            x -> {
              x.head(200, JSON, "Content-Length: 500");
              x.peer().write("{\"jsonrpc\":");
              x.peer().finish();
            }));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void in_every_answer(Row row) {
    try (FakeMcpServer server = FakeMcpServer.start().on("*", row.answer())) {
      Failure failure = look(server, row);
      is(failure, stageOf(row, Stage.HANDSHAKE), row.kind());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void in_the_answer_to_a_list(Row row) {
    try (FakeMcpServer server = FakeMcpServer.start().on("tools/list", row.answer())) {
      Failure failure = look(server, row);
      is(failure, stageOf(row, Stage.LIST), row.kind());
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  private static Stage stageOf(Row row, Stage running) {
    Stage own = row.kind().stage();
    return own == null ? running : own;
  }

  private Failure look(FakeMcpServer server, Row row) {
    return failure(row.slow() ? hurried(target(server.url())) : target(server.url()));
  }

  @Test
  void a_compressed_answer_is_read() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "tools/list",
                x -> {
                  byte[] body =
                      RawPeer.gzip(
                          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"tools\":[]}}"
                              .formatted(x.id()));
                  x.head(200, JSON, GZIP, "Content-Length: " + body.length);
                  x.peer().write(body);
                })) {
      Observation seen = healthy(server);
      assertThat(seen.counts().tools()).isZero();
    }
  }
}
