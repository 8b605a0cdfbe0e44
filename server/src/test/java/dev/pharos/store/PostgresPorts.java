package dev.pharos.store;

import dev.pharos.capability.CapabilityStore;
import dev.pharos.event.EventJournal;
import dev.pharos.fleet.Secret;
import dev.pharos.history.HistoryStore;
import dev.pharos.history.Retention;
import dev.pharos.registry.ServerStore;
import dev.pharos.settings.ConfigStore;
import dev.pharos.testing.Postgres;
import dev.pharos.watch.CheckStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/** The stores of a schema that is as good as new for each folder. */
record PostgresPorts(PostgresStores stores) implements Ports {
  static final String SCHEMA = Postgres.newSchema();

  /** All but what the schema itself is; the days of the log are left as they are. */
  private static final String EMPTY =
      """
      TRUNCATE %1$s.mcp_servers, %1$s.mcp_server_facts, %1$s.mcp_health_logs, %1$s.mcp_status_spans,
        %1$s.mcp_rollup_5m, %1$s.mcp_rollup_1h, %1$s.mcp_rollup_1d, %1$s.mcp_capability_snapshots,
        %1$s.mcp_capability_changes, %1$s.events, %1$s.config, %1$s.nodes, %1$s.writers, %1$s.errands,
        %1$s.login_sessions, %1$s.admin_password, %1$s.refreshes
        RESTART IDENTITY CASCADE
      """
          .formatted(SCHEMA);

  private static final Set<Path> SEEN = new HashSet<>();

  static PostgresPorts open(Path folder, InstantSource clock) {
    if (SEEN.add(folder)) {
      empty();
    }
    return open(folder, new PostgresSettings(new Secret(Postgres.url()), SCHEMA), clock);
  }

  /** Makes the schema as good as new, if it is there. */
  static void empty() {
    String there = "SELECT 1 FROM pg_namespace WHERE nspname = '%s'".formatted(SCHEMA);
    if (!Postgres.ask(there).isEmpty()) {
      Postgres.run(EMPTY);
    }
  }

  static PostgresPorts open(Path folder, PostgresSettings settings, InstantSource clock) {
    SecretBox box = SecretBox.open(folder, SqlitePorts.KEY);
    return new PostgresPorts(PostgresStores.open(settings, box, clock));
  }

  @Override
  public CheckStore checks() {
    return stores.checks();
  }

  @Override
  public ServerStore servers() {
    return stores.servers();
  }

  @Override
  public EventJournal events() {
    return stores.events();
  }

  @Override
  public HistoryStore history() {
    return stores.history();
  }

  @Override
  public CapabilityStore capabilities() {
    return stores.capabilities();
  }

  @Override
  public ConfigStore config() {
    return stores.config();
  }

  @Override
  public Retention retention() {
    return stores.retention();
  }

  @Override
  public void close() {
    stores.close();
  }
}
