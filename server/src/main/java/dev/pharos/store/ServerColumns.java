package dev.pharos.store;

import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people set of a server, and its health, as named values of its row. */
final class ServerColumns {
  private ServerColumns() {}

  /** All that people set but the secrets, which are sealed for the row's number. */
  static Map<String, @Nullable Object> definition(Server server) {
    ServerSpec spec = server.spec();
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("name", spec.name());
    row.put("description", spec.description());
    row.put("status", server.status().wire());
    transport(row, spec.transport());
    row.put("auth_type", CredentialsJson.type(spec.credentials()));
    row.put("timeout_seconds", spec.timeout().toNanos() / 1e9);
    row.put("tags", Json.strings(spec.tags()));
    row.put("expect", Names.wire(spec.expect()));
    row.put("era", Names.wire(spec.era()));
    row.put("overrides", OverridesJson.write(spec.overrides()));
    row.put("max_failure_cycles", spec.overrides().maxFailureCycles());
    row.put("can_auto_enable", spec.canAutoEnable());
    row.put("meta_data", spec.metaDataJson());
    row.put("managed_by", server.managedBy());
    row.put("maintenance", server.maintenance());
    return row;
  }

  static Map<String, @Nullable Object> health(HealthMemory memory) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("health_status", memory.health().wire());
    row.put("health_since", Moment.of(memory.since()));
    row.put("error_count", memory.errorCount());
    row.put("failure_cycle_count", memory.failureCycles());
    row.put("circuit_state", memory.circuit().wire());
    row.put("circuit_since", Moment.of(memory.circuitSince()));
    row.put("health_memory", MemoryJson.write(memory));
    return row;
  }

  private static void transport(Map<String, @Nullable Object> row, Transport transport) {
    switch (transport) {
      case Transport.Http http -> {
        row.put("protocol", protocol(http.choice()));
        row.put("url", http.url().toString());
        row.put("command", null);
        row.put("args", null);
        row.put("directory", null);
      }
      case Transport.Stdio stdio -> {
        List<String> command = stdio.command();
        row.put("protocol", "stdio");
        row.put("url", null);
        row.put("command", command.getFirst());
        row.put("args", Json.strings(command.subList(1, command.size())));
        row.put("directory", stdio.directory());
      }
    }
  }

  private static String protocol(TransportChoice choice) {
    return switch (choice) {
      case AUTO -> "auto";
      case STREAMABLE_HTTP -> "streamable-http";
      case SSE -> "sse";
    };
  }
}
