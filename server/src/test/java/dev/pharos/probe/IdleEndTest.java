package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.testing.TestCertificates;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.WireTap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers of which nothing can be held, and what their idle connections tell of them. */
@SuppressWarnings("try") // closing early is what is tested
class IdleEndTest extends Survival {
  private final RecordingWatch told = new RecordingWatch();

  static Stream<Named<Supplier<FakeMcpServer>>> servers() {
    return Stream.of(
        Named.of("json", FakeMcpServer::start),
        Named.of("events", () -> FakeMcpServer.start().events()),
        Named.of("stateless", () -> FakeMcpServer.start().stateless()),
        Named.of("tls", () -> FakeMcpServer.start(TestCertificates.VALID.server())),
        Named.of(
            "events over tls",
            () -> FakeMcpServer.start(TestCertificates.VALID.server()).events()));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void a_server_that_dies_between_two_looks_is_heard_of(Supplier<FakeMcpServer> start) {
    try (FakeMcpServer server = start.get()) {
      Target target = target(server.url());
      try (KeptSession session = prober.keep(target)) {
        passed(look(session, target, Depth.ALL));
        assertThat(session.watch(told)).as("nothing to hold").isFalse();
        passed(look(session, target, Depth.TOOLS));
        assertThat(told.idleEnds()).isEmpty();

        server.close();

        await().until(() -> told.idleEnds().size() == 1);
        assertThat(session.look(Depth.TOOLS, WireTap.none()))
            .isInstanceOfSatisfying(
                Outcome.Failed.class,
                failed -> assertThat(failed.reason().kind()).isEqualTo(FailureKind.REFUSED));
        assertThat(told.ends()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void each_connection_that_replaces_another_is_heeded_too(Supplier<FakeMcpServer> start) {
    try (FakeMcpServer server = start.get()) {
      Target target = target(server.url());
      try (KeptSession session = prober.keep(target)) {
        passed(look(session, target, Depth.ALL));
        session.heed(told);
        for (int i = 1; i <= 2; i++) {
          int ends = i;
          server.hangUp();
          await().until(() -> told.idleEnds().size() == ends);
          passed(look(session, target, Depth.TOOLS));
        }
        passed(session.renew(Depth.ALL, WireTap.none()));
        server.hangUp();
        await().until(() -> told.idleEnds().size() == 3);
      }
    }
  }

  @Test
  void where_a_stream_is_held_it_alone_is_heard() {
    try (FakeMcpServer server = FakeMcpServer.start().holdsStreams()) {
      Target target = target(server.url());
      try (KeptSession session = prober.keep(target)) {
        passed(look(session, target, Depth.ALL));
        session.heed(told);
        assertThat(session.watch(told)).isTrue();
        passed(look(session, target, Depth.TOOLS));
        server.close();

        await().until(() -> told.ends().size() == 1);

        assertThat(told.idleEnds()).isEmpty();
      }
    }
  }
}
