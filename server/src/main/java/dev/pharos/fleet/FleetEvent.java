package dev.pharos.fleet;

import dev.pharos.trace.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that people and programs outside want to hear of. */
public sealed interface FleetEvent {
  /** When it happened, by the first evidence. */
  Instant at();

  /** The server's name, or null when it concerns the monitor itself. */
  @Nullable String server();

  Severity severity();

  /** The public name of the type. */
  String type();

  /** A server's health changed. */
  record StatusChanged(
      Instant at,
      String server,
      Health from,
      Health to,
      @Nullable Failure reason,
      @Nullable Integer toolCount,
      @Nullable Long responseMicros,
      long errorCount)
      implements FleetEvent {
    @Override
    public Severity severity() {
      return switch (to) {
        case HEALTHY, UNKNOWN -> Severity.INFO;
        case DEGRADED -> Severity.WARNING;
        case UNHEALTHY -> Severity.HIGH;
      };
    }

    @Override
    public String type() {
      return "mcp_status_change";
    }
  }

  /** A look ended. Goes to the feed only and is not stored as an event: the log has it. */
  record Checked(
      Instant at,
      String server,
      Health health,
      Instant nextCheckAt,
      @Nullable Long responseMicros,
      @Nullable Integer toolCount,
      @Nullable Failure error)
      implements FleetEvent {
    @Override
    public Severity severity() {
      return Severity.INFO;
    }

    @Override
    public String type() {
      return "mcp_health_check";
    }
  }

  /** The circuit gave a server up. */
  record AutoDisabled(Instant at, String server, String reason, int failureCycles)
      implements FleetEvent {
    @Override
    public Severity severity() {
      return Severity.CRITICAL;
    }

    @Override
    public String type() {
      return "mcp_auto_disabled";
    }
  }

  /** A server that was given up came back by itself. */
  record AutoEnabled(Instant at, String server, String reason, int failureCycles)
      implements FleetEvent {
    @Override
    public Severity severity() {
      return Severity.INFO;
    }

    @Override
    public String type() {
      return "mcp_auto_enabled";
    }
  }

  /** A server's circuit changed. */
  record CircuitChanged(
      Instant at,
      String server,
      CircuitState from,
      CircuitState to,
      int failureCount,
      int threshold,
      int failureCycles,
      String message)
      implements FleetEvent {
    @Override
    public Severity severity() {
      return to == CircuitState.OPEN ? Severity.WARNING : Severity.INFO;
    }

    @Override
    public String type() {
      return "circuit_breaker_state";
    }
  }

  /**
   * What a server offers changed.
   *
   * @param added names by kind ({@code tools}, {@code prompts}, {@code resources}, {@code
   *     resource_templates})
   * @param snapshot the hash of the new lists
   */
  record CapabilitiesChanged(
      Instant at,
      String server,
      Map<String, List<String>> added,
      Map<String, List<String>> removed,
      Map<String, List<String>> changed,
      String snapshot)
      implements FleetEvent {
    @Override
    public Severity severity() {
      return removed.isEmpty() && changed.isEmpty() ? Severity.INFO : Severity.WARNING;
    }

    @Override
    public String type() {
      return "mcp_capabilities_changed";
    }
  }

  /**
   * Somebody changed a definition or a setting.
   *
   * @param change {@code created}, {@code updated}, {@code deleted}, {@code enabled} or {@code
   *     disabled}
   * @param fields what was changed: names, never values
   */
  record ConfigChanged(
      Instant at, @Nullable String server, String change, List<String> fields, String actor)
      implements FleetEvent {
    @Override
    public Severity severity() {
      return Severity.INFO;
    }

    @Override
    public String type() {
      return "mcp_config_change";
    }
  }

  /**
   * The monitor's own state changed.
   *
   * @param state {@code live}, {@code late}, {@code blind}, {@code redis_lost}, {@code redis_back},
   *     {@code store_failing} or {@code store_back}
   */
  record MonitorChanged(Instant at, String state, String message) implements FleetEvent {
    @Override
    public @Nullable String server() {
      return null;
    }

    @Override
    public Severity severity() {
      return state.equals("live") || state.endsWith("_back") ? Severity.INFO : Severity.HIGH;
    }

    @Override
    public String type() {
      return "monitor_state";
    }
  }

  /**
   * What another version of the program wrote, and this one does not know; handed on as it is.
   *
   * @param severity {@code INFO} where it is not known either
   * @param fields a JSON object of all fields but the type and the id
   */
  record Foreign(Instant at, @Nullable String server, Severity severity, String type, String fields)
      implements FleetEvent {}
}
