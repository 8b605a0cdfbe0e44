package dev.pharos.probe;

import static dev.pharos.testing.NpmFolder.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.fleet.EraChoice;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.probe.RealServer.Sessions;
import dev.pharos.probe.RealServer.Way;
import dev.pharos.testing.NpmFolder;
import dev.pharos.testing.ServerProcess;
import dev.pharos.testing.Signals;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Finding;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions that are kept with real servers: cheap looks, ends that are heard at once, and sessions
 * that get lost.
 */
class KeptSessionIT {
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final Way EVERYTHING_HTTP =
      RealServer.http(Sessions.NAMED, command("mcp-server-everything"), "streamableHttp");
  private static final Way EVERYTHING_STDIO =
      RealServer.stdio(command("mcp-server-everything"), "stdio");
  private static final Way MODERN_HTTP =
      RealServer.http(Sessions.NONE, RealServers.modernServer("http-dual"));
  private static final Way MODERN_STDIO = RealServer.stdio(RealServers.modernServer("stdio-dual"));

  private final Prober prober =
      new Prober(ProbeSettings.DEFAULT, InstantSource.system(), Ticker.system());

  @TempDir private Path folder;

  @BeforeAll
  static void packages_are_there() {
    NpmFolder.mustBeInstalled();
  }

  @AfterEach
  void no_process_is_left() {
    prober.close();
    await("all children are gone").atMost(SOON).until(() -> children().isEmpty());
  }

  static Stream<Way> http() {
    return Stream.of(EVERYTHING_HTTP, MODERN_HTTP);
  }

  static Stream<Way> stdio() {
    return Stream.of(
        EVERYTHING_STDIO,
        MODERN_STDIO,
        MODERN_STDIO.only(EraChoice.SESSION, RealServer.SESSION, Sessions.NONE));
  }

  @ParameterizedTest
  @MethodSource("http")
  void further_looks_over_http_see_nothing_new(Way way) {
    Neighbourhood neighbourhood = new Neighbourhood(folder);
    try (ServerProcess server = neighbourhood.start(way);
        KeptSession session = prober.keep(neighbourhood.target(way, server.port()))) {
      assertFurtherLooksSeeNothingNew(session);
    }
  }

  @ParameterizedTest
  @MethodSource("stdio")
  void further_looks_over_stdio_see_nothing_new(Way way) {
    try (KeptSession session = prober.keep(new Neighbourhood(folder).target(way, 0))) {
      assertFurtherLooksSeeNothingNew(session);
      assertThat(children()).as("one process serves all looks").hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("http")
  void the_death_of_an_http_server_is_heard_at_once(Way way) {
    Neighbourhood neighbourhood = new Neighbourhood(folder);
    RecordingWatch watch = new RecordingWatch();
    try (ServerProcess server = neighbourhood.start(way);
        KeptSession session = prober.keep(neighbourhood.target(way, server.port()))) {
      assertPassed(session.look(Depth.ALL, WireTap.none()));
      assertThat(session.watch(watch)).isTrue();
      assertThat(session.watched()).isTrue();

      server.kill();

      await("the end is heard").atMost(SOON).until(() -> !watch.ends().isEmpty());
      Outcome outcome = session.look(Depth.TOOLS, WireTap.none());
      assertThat(outcome).isInstanceOf(Outcome.Failed.class);
      assertThat(((Outcome.Failed) outcome).reason().kind()).isEqualTo(FailureKind.REFUSED);
      assertThat(session.watched()).isFalse();
    }
    assertThat(watch.ends()).as("heard once").hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("stdio")
  void the_death_of_a_process_is_heard_at_once_seen_twice_and_then_another_is_started(Way way) {
    RecordingWatch watch = new RecordingWatch();
    try (KeptSession session = prober.keep(new Neighbourhood(folder).target(way, 0))) {
      assertPassed(session.look(Depth.ALL, WireTap.none()));
      assertThat(session.watch(watch)).isTrue();

      children().forEach(ProcessHandle::destroyForcibly);

      await("the end is heard").atMost(SOON).until(() -> !watch.ends().isEmpty());
      for (int look = 0; look < 2; look++) {
        assertThat(session.look(Depth.TOOLS, WireTap.none()))
            .isInstanceOfSatisfying(
                Outcome.Failed.class,
                failed -> assertThat(failed.reason().kind()).isEqualTo(FailureKind.PROCESS_EXIT));
      }
      Outcome outcome = session.look(Depth.TOOLS, WireTap.none());
      assertPassed(outcome);
      assertThat(outcome.seen().changed()).as("the tools are the same").isFalse();
    }
    assertThat(watch.ends()).as("our own close is no end to be heard").hasSize(1);
  }

  @Test
  void an_end_of_our_own_making_is_not_heard() {
    Neighbourhood neighbourhood = new Neighbourhood(folder);
    RecordingWatch watch = new RecordingWatch();
    try (ServerProcess server = neighbourhood.start(EVERYTHING_HTTP)) {
      try (KeptSession session =
          prober.keep(neighbourhood.target(EVERYTHING_HTTP, server.port()))) {
        assertPassed(session.look(Depth.ALL, WireTap.none()));
        assertThat(session.watch(watch)).isTrue();
      }
      // The server still answers others, so whatever it had to say of the stream has been said.
      assertPassed(
          prober.look(neighbourhood.target(EVERYTHING_HTTP, server.port()), WireTap.none()));
    }
    assertThat(watch.ends()).isEmpty();
  }

  @Test
  void a_changed_list_is_announced_over_http_and_found_by_the_next_look() {
    Neighbourhood neighbourhood = new Neighbourhood(folder);
    RecordingWatch watch = new RecordingWatch();
    try (ServerProcess server = neighbourhood.start(MODERN_HTTP);
        KeptSession session = prober.keep(neighbourhood.target(MODERN_HTTP, server.port()))) {
      assertPassed(session.look(Depth.ALL, WireTap.none()));
      assertThat(session.watch(watch)).isTrue();

      server.grow();

      assertGrowthIsSeen(session, watch);
    }
  }

  @ParameterizedTest
  @MethodSource
  void a_changed_list_is_announced_over_stdio_and_found_by_the_next_look(Way way) {
    RecordingWatch watch = new RecordingWatch();
    try (KeptSession session = prober.keep(new Neighbourhood(folder).target(way, 0))) {
      assertPassed(session.look(Depth.ALL, WireTap.none()));
      assertThat(session.watch(watch)).isTrue();

      children().forEach(Signals::usr2);

      assertGrowthIsSeen(session, watch);
    }
  }

  static Stream<Way> a_changed_list_is_announced_over_stdio_and_found_by_the_next_look() {
    return stdio().skip(1);
  }

  @Test
  void a_session_that_the_server_lost_is_opened_again_within_one_look() {
    Neighbourhood neighbourhood = new Neighbourhood(folder);
    int port = ServerProcess.freePort();
    Target target = neighbourhood.target(EVERYTHING_HTTP, port);
    try (KeptSession session = prober.keep(target)) {
      try (ServerProcess _ = neighbourhood.startAt(EVERYTHING_HTTP, port)) {
        assertPassed(session.look(Depth.ALL, WireTap.none()));
      }
      try (ServerProcess _ = neighbourhood.startAt(EVERYTHING_HTTP, port)) {
        Outcome outcome = session.look(Depth.TOOLS, WireTap.none());

        assertPassed(outcome);
        assertThat(outcome.seen().findings())
            .extracting(Finding::kind)
            .contains(FindingKind.SESSION_REOPENED);
        assertThat(outcome.seen().changed()).as("the tools are the same").isFalse();

        Outcome after = session.look(Depth.TOOLS, WireTap.none());
        assertPassed(after);
        assertThat(after.seen().findings())
            .extracting(Finding::kind)
            .doesNotContain(FindingKind.SESSION_REOPENED);
      }
    }
  }

  @Test
  void a_session_is_ended_when_it_is_closed_and_not_before() {
    Neighbourhood neighbourhood = new Neighbourhood(folder);
    try (ServerProcess server = neighbourhood.start(EVERYTHING_HTTP);
        Relay relay = new Relay(server.port())) {
      KeptSession session = prober.keep(neighbourhood.target(EVERYTHING_HTTP, relay.port()));
      assertPassed(session.look(Depth.ALL, WireTap.none()));
      String id = relay.sessionId().orElseThrow();
      assertThat(RawSession.status(server.port(), id)).as("while kept").isEqualTo(200);

      session.close();
      session.close();

      assertThat(RawSession.status(server.port(), id)).as("after the end").isIn(400, 404);
      await("all connections are closed").atMost(SOON).until(() -> relay.openConnections() == 0);
    }
  }

  @Test
  void renewing_ends_the_old_session_and_looks_within_a_new_one() {
    Neighbourhood neighbourhood = new Neighbourhood(folder);
    try (ServerProcess server = neighbourhood.start(EVERYTHING_HTTP);
        Relay relay = new Relay(server.port());
        KeptSession session = prober.keep(neighbourhood.target(EVERYTHING_HTTP, relay.port()))) {
      assertPassed(session.look(Depth.ALL, WireTap.none()));
      String first = relay.sessionId().orElseThrow();

      assertPassed(session.renew(Depth.ALL, WireTap.none()));

      String second = relay.sessionId().orElseThrow();
      assertThat(second).isNotEqualTo(first);
      assertThat(RawSession.status(server.port(), first)).as("the old one").isIn(400, 404);
      assertThat(RawSession.status(server.port(), second)).as("the new one").isEqualTo(200);
    }
  }

  private static void assertFurtherLooksSeeNothingNew(KeptSession session) {
    Outcome first = session.look(Depth.ALL, WireTap.none());
    assertPassed(first);
    assertThat(first.seen().changed()).isTrue();
    assertThat(first.seen().counts().tools()).isPositive();
    for (Depth depth : List.of(Depth.TOOLS, Depth.PING, Depth.ALL)) {
      Outcome further = session.look(depth, WireTap.none());
      assertPassed(further);
      assertThat(further.seen().changed()).as("%s", depth).isFalse();
      // Whoever asks for everything gets the items, changed or not.
      assertThat(further.seen().capabilities())
          .as("%s", depth)
          .isEqualTo(depth == Depth.ALL ? first.seen().capabilities() : null);
      assertThat(further.seen().counts()).as("%s", depth).isEqualTo(first.seen().counts());
      assertThat(further.seen().facts()).as("%s", depth).isEqualTo(first.seen().facts());
    }
  }

  private static void assertGrowthIsSeen(KeptSession session, RecordingWatch watch) {
    await("the announcement").atMost(SOON).until(() -> watch.changes().contains("tools"));
    Outcome outcome = session.look(Depth.TOOLS, WireTap.none());
    assertPassed(outcome);
    assertThat(outcome.seen().changed()).isTrue();
    assertThat(outcome.seen().counts().tools()).isEqualTo(3);
    assertThat(outcome.seen().counts().prompts()).as("not asked again").isEqualTo(1);
    assertThat(watch.ends()).isEmpty();
  }

  private static void assertPassed(Outcome outcome) {
    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Passed.class);
  }

  private static List<ProcessHandle> children() {
    return ProcessHandle.current().descendants().toList();
  }
}
