package dev.pharos.testing;

import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.EraChoice;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Item;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Overrides;
import dev.pharos.fleet.ReuseCheck;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.ServerInfo;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.trace.Certificate;
import dev.pharos.trace.Era;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import dev.pharos.trace.TransportKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Canned values: servers, what was seen of them, and what happened. */
public final class Fleets {
  public static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  public static final Failure REFUSED =
      new Failure(Stage.CONNECT, FailureKind.REFUSED, "127.0.0.1:9 refused the connection");
  public static final Failure LIST_ERROR =
      new Failure(Stage.LIST, FailureKind.LIST_ERROR, "prompts/list: -32603 \"so\u00e9 \u2026\"");

  /** Facts with every component known. */
  public static final Facts FACTS =
      new Facts(
          TransportKind.STREAMABLE_HTTP,
          Era.SESSION,
          "2025-11-25",
          new ServerInfo("toy", "A toy", "1.2.3"),
          "Be gentle.",
          "{\"tools\":{\"listChanged\":true}}",
          "https://toy.test/mcp",
          new Certificate("CN=toy.test", "CN=Toys", Instant.parse("2027-01-01T00:00:00Z")),
          NOON.plusSeconds(3_600));

  public static final Counts COUNTS = new Counts(20, 3, 0, -1);

  private Fleets() {}

  /** A server with nothing but a name and an address. */
  public static ServerSpec plain(String name) {
    return spec(name, http(TransportChoice.AUTO), new Credentials.None());
  }

  /** A server with everything set that can be. */
  public static ServerSpec full(String name) {
    return new ServerSpec(
        name,
        "All of it; with \"quotes\" and \u00fcml\u00e4uts",
        http(TransportChoice.STREAMABLE_HTTP),
        new Credentials.Bearer(new Secret("token-of-" + name)),
        Map.of("X-Tenant", new Secret("tenant-of-" + name)),
        Duration.ofMillis(12_345),
        List.of("prod", "eu west"),
        Expectation.AUTH_CHALLENGE,
        EraChoice.STATELESS,
        new Overrides(
            Duration.ofSeconds(10),
            false,
            Duration.ofSeconds(100),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            3,
            2,
            Duration.ofMillis(750),
            ReuseCheck.PING,
            7,
            Duration.ofSeconds(90),
            4,
            false),
        false,
        "{\"team\":\"a\"}");
  }

  /** A server that is a process. */
  public static ServerSpec process(String name) {
    return spec(
        name,
        new Transport.Stdio(
            List.of("npx", "-y", "a server"),
            Map.of("API_KEY", new Secret("env-of-" + name)),
            "/srv"),
        new Credentials.None());
  }

  public static ServerSpec spec(String name, Transport transport, Credentials credentials) {
    return new ServerSpec(
        name,
        null,
        transport,
        credentials,
        Map.of(),
        Duration.ofSeconds(30),
        List.of(),
        Expectation.TOOLS,
        EraChoice.AUTO,
        Overrides.NONE,
        true,
        "{}");
  }

  public static Transport http(TransportChoice choice) {
    return new Transport.Http(URI.create("https://toy.test/mcp?a=b"), choice);
  }

  /** A draft to be registered, active, in its first version. */
  public static Server draft(ServerSpec spec) {
    return new Server(new ServerId(0), spec, AdminStatus.ACTIVE, null, false, NOON, NOON, 1);
  }

  public static FleetEvent changed(String server, String change) {
    return new FleetEvent.ConfigChanged(NOON, server, change, List.of("name", "url"), "admin");
  }

  /** A health without a past. */
  public static HealthMemory memory(Health health, Instant since) {
    return memory(health, since, true);
  }

  public static HealthMemory memory(Health health, Instant since, boolean active) {
    HealthMemory fresh = HealthMemory.fresh(since);
    return new HealthMemory(
        health,
        since,
        since,
        health == Health.UNHEALTHY ? REFUSED : null,
        health == Health.UNHEALTHY ? 2 : 0,
        health == Health.UNHEALTHY ? since : null,
        health == Health.HEALTHY ? 1 : 0,
        health == Health.HEALTHY ? since : null,
        Duration.ofSeconds(30),
        fresh.circuit(),
        fresh.circuitSince(),
        1,
        active ? null : since,
        active ? null : "gave up",
        since,
        health == Health.UNHEALTHY ? 2 : 0,
        active,
        false,
        false);
  }

  public static Outcome passed(Instant at, long micros) {
    return new Outcome.Passed(seen(at, micros, FACTS, COUNTS));
  }

  public static Outcome impaired(Instant at, long micros) {
    return new Outcome.Impaired(seen(at, micros, FACTS, COUNTS), LIST_ERROR);
  }

  public static Outcome failed(Instant at, Failure reason) {
    return new Outcome.Failed(seen(at, 900, Facts.NONE, Counts.UNKNOWN), reason);
  }

  public static Outcome inconclusive(Instant at) {
    return new Outcome.Inconclusive(
        seen(at, 900, Facts.NONE, Counts.UNKNOWN), "no file handles left");
  }

  public static Observation seen(Instant at, long micros, Facts facts, Counts counts) {
    long half = micros / 2;
    return new Observation(
        at,
        micros,
        List.of(new StageTime(Stage.HTTP, half), new StageTime(Stage.LIST, micros - half)),
        facts,
        counts,
        null,
        false,
        10_240,
        List.of(),
        null);
  }

  /** Lists of which one is not offered. */
  public static Capabilities capabilities(String... tools) {
    List<Item> items =
        List.of(tools).stream()
            .map(each -> new Item(each, null, "Does " + each, "{\"name\": \"" + each + "\"}"))
            .toList();
    return new Capabilities(
        items, List.of(), null, List.of(new Item("file:///{x}", "X", null, "{ }")));
  }
}
