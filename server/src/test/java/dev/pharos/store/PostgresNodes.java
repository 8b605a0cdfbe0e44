package dev.pharos.store;

import dev.pharos.cluster.Node;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/** Two nodes, {@code a} and {@code b}, on the schema of all tests, as good as new. */
record PostgresNodes(String schema, PostgresStores a, PostgresStores b) implements AutoCloseable {
  static PostgresNodes open() {
    PostgresPorts.empty();
    String schema = PostgresPorts.SCHEMA;
    return new PostgresNodes(schema, open(schema, "a"), open(schema, "b"));
  }

  private static PostgresStores open(String schema, String node) {
    return PostgresStores.open(
        new PostgresSettings(new Secret(Postgres.url()), null, null, schema, node, null),
        SecretBox.open(Path.of(""), SqlitePorts.KEY),
        InstantSource.fixed(Fleets.NOON));
  }

  /** What a node says of itself. */
  static Node node(String id) {
    return new Node(id, "host-of-" + id, "1.0", Fleets.NOON, 0, Duration.ZERO);
  }

  /** Registers servers, which nobody owns yet. */
  List<ServerId> register(int servers) {
    return IntStream.range(0, servers)
        .mapToObj(i -> "server-" + i)
        .map(name ->
            a.servers()
                .insert(
                    Fleets.draft(Fleets.plain(name)),
                    HealthMemory.fresh(Fleets.NOON),
                    Fleets.changed(name, "created"))
                .standing())
        .map(PostgresNodes::id)
        .toList();
  }

  static ServerId id(Standing standing) {
    return standing.server().id();
  }

  static List<ServerId> ids(List<Standing> standings) {
    return standings.stream().map(PostgresNodes::id).toList();
  }

  /** The first value of a query, in which {@code %s} stands for the schema. */
  long number(String query) {
    return Long.parseLong(Postgres.ask(query.formatted(schema)));
  }

  void run(String statement) {
    Postgres.run(statement.formatted(schema));
  }

  /** Makes a node silent for a while. */
  void silent(String node, int seconds) {
    run(
        "UPDATE %%s.nodes SET seen_at = seen_at - INTERVAL '%d seconds' WHERE id = '%s'"
            .formatted(seconds, node));
  }

  @Override
  public void close() {
    a.close();
    b.close();
  }
}
