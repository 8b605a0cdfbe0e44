package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.probe.RealServer.Row;
import dev.pharos.probe.RealServer.Sessions;
import dev.pharos.testing.NpmFolder;
import dev.pharos.testing.ServerProcess;
import dev.pharos.trace.Finding;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Published MCP servers, looked at over each transport and in each era that they offer. */
class RealServersIT {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Prober PROBER =
      new Prober(ProbeSettings.DEFAULT, InstantSource.system(), Ticker.system());

  @TempDir private Path folder;

  @BeforeAll
  static void packages_are_there() {
    NpmFolder.mustBeInstalled();
  }

  @AfterAll
  static void close() {
    PROBER.close();
  }

  @AfterEach
  void no_process_is_left() {
    await("all children are gone")
        .atMost(SOON)
        .until(() -> ProcessHandle.current().descendants().findAny().isEmpty());
  }

  static Stream<Row> over_stdio() {
    return RealServers.all().filter(row -> row.way().url() == null);
  }

  static Stream<Row> over_http() {
    return RealServers.all().filter(row -> row.way().url() != null);
  }

  @ParameterizedTest
  @MethodSource
  void over_stdio(Row row) {
    Neighbourhood neighbourhood = new Neighbourhood(folder);

    Outcome outcome = PROBER.look(neighbourhood.target(row.way(), 0), WireTap.none());

    assertSeen(row, outcome);
    assertThat(ProcessHandle.current().descendants())
        .as("the process is reaped before the look returns")
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void over_http(Row row) {
    Neighbourhood neighbourhood = new Neighbourhood(folder);
    try (ServerProcess server = neighbourhood.start(row.way());
        Relay relay = new Relay(server.port())) {
      Target target = neighbourhood.target(row.way(), relay.port());

      Outcome outcome = PROBER.look(target, WireTap.none());

      assertSeen(row, outcome);
      assertSessionEnded(row, server, relay);
      assertFindings(row, outcome.seen());
      assertThat(outcome.seen().bytesRead()).isPositive();
      await("all connections are closed").atMost(SOON).until(() -> relay.openConnections() == 0);
    }
  }

  private static void assertSeen(Row row, Outcome outcome) {
    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Passed.class);
    Observation seen = outcome.seen();
    assertFacts(row, seen.facts());
    assertThat(seen.counts()).isEqualTo(row.server().counts());
    assertCapabilities(row.server().counts(), seen);
    assertThat(seen.changed()).isTrue();
    assertThat(seen.stages()).extracting(StageTime::stage).contains(Stage.HANDSHAKE, Stage.LIST);
    assertThat(seen.stages().stream().mapToLong(StageTime::micros).sum())
        .isEqualTo(seen.tookMicros());
  }

  private static void assertFacts(Row row, Facts facts) {
    String era = row.way().revision().equals(RealServer.STATELESS) ? "stateless" : "session";
    assertThat(Objects.requireNonNull(facts.transport()).wire()).isEqualTo(row.way().transport());
    assertThat(Objects.requireNonNull(facts.era()).wire()).isEqualTo(era);
    assertThat(facts.protocolVersion()).isEqualTo(row.way().revision());
    var info = Objects.requireNonNull(facts.serverInfo());
    assertThat(info.name()).isEqualTo(row.server().serverName());
    String version = row.server().serverVersion();
    if (version != null) {
      assertThat(info.version()).isEqualTo(version);
    }
  }

  private static void assertCapabilities(Counts counts, Observation seen) {
    var lists = Objects.requireNonNull(seen.capabilities());
    assertThat(size(lists.tools())).isEqualTo(counts.tools());
    assertThat(size(lists.prompts())).isEqualTo(counts.prompts());
    assertThat(size(lists.resources())).isEqualTo(counts.resources());
    assertThat(size(lists.resourceTemplates())).isEqualTo(counts.resourceTemplates());
  }

  private static int size(@Nullable List<?> list) {
    return list == null ? -1 : list.size();
  }

  private static void assertSessionEnded(Row row, ServerProcess server, Relay relay) {
    boolean named = row.way().sessions() == Sessions.NAMED;
    assertThat(relay.sessionId().isPresent()).isEqualTo(named);
    relay
        .sessionId()
        .ifPresent(id ->
            assertThat(RawSession.status(server.port(), id))
                .as("the answer to a request within the ended session")
                .isIn(400, 404));
  }

  private static void assertFindings(Row row, Observation seen) {
    boolean sse = row.way().transport().equals("sse");
    boolean session = row.way().revision().equals(RealServer.SESSION);
    boolean nameless = session && !sse && row.way().sessions() == Sessions.NONE;
    assertThat(seen.findings().stream().map(Finding::kind).toList())
        .satisfies(kinds -> {
          assertThat(kinds.contains(FindingKind.DEPRECATED_TRANSPORT)).isEqualTo(sse);
          assertThat(kinds.contains(FindingKind.NO_SESSION)).isEqualTo(nameless);
        })
        .doesNotContain(
            FindingKind.PROCESS_KILLED,
            FindingKind.SESSION_NOT_ENDED,
            FindingKind.SESSION_REOPENED,
            FindingKind.STRAY_MESSAGE,
            FindingKind.UNDECLARED_REQUEST,
            FindingKind.SCHEMA,
            FindingKind.LIST_INCOMPLETE);
  }
}
