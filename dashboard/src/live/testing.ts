import type { Health, Server } from "../api/schema";
import type { CapabilitiesChange, ConfigChange, HealthCheck, StatusChange } from "./events";

/** Canned values for tests. */
export const T0 = Date.parse("2026-11-22T12:00:00Z");
export const at = (seconds: number): string => new Date(T0 + seconds * 1_000).toISOString();

export function server(name: string, more: Partial<Server> = {}): Server {
  return {
    id: 1,
    name,
    description: null,
    protocol: "auto",
    era: "auto",
    can_auto_enable: true,
    meta_data: {},
    managed_by: null,
    resource_template_count: null,
    url: `http://127.0.0.1:9/${name}`,
    timeout_seconds: 10,
    tags: [],
    expect: "tools",
    overrides: {},
    status: "active",
    maintenance: false,
    health_status: "healthy",
    health_since: at(0),
    last_health_check: at(0),
    next_check_at: at(60),
    response_time_ms: 10,
    reason: null,
    error_count: 0,
    circuit_state: "closed",
    failure_cycle_count: 0,
    auto_disabled_at: null,
    auto_disabled_reason: null,
    protocol_version: "2025-11-25",
    transport: "streamable-http",
    server_info: null,
    tool_count: 3,
    prompt_count: null,
    resource_count: null,
    certificate_expires_at: null,
    token_expires_at: null,
    uptime: { "24h": 1, "7d": 1, "30d": 1 },
    recent: [["healthy", 10]],
    created_at: at(-1000),
    updated_at: at(-1000),
    version: 1,
    ...more,
  };
}

export function statusChange(name: string, from: Health, to: Health, seconds = 10): StatusChange {
  return {
    type: "mcp_status_change",
    event_id: seconds,
    timestamp: at(seconds),
    severity: "high",
    mcp_name: name,
    old_status: from,
    new_status: to,
    reason: to === "healthy" ? null : "connection refused",
    stage: to === "healthy" ? null : "connect",
    kind: to === "healthy" ? null : "refused",
    tool_count: null,
    response_time_ms: null,
    error_count: 2,
  };
}

export function healthCheck(
  name: string,
  health: Health,
  seconds: number,
  ms: number | null = 12,
): HealthCheck {
  return {
    type: "mcp_health_check",
    event_id: null,
    timestamp: at(seconds),
    severity: "info",
    mcp_name: name,
    health_status: health,
    last_health_check: at(seconds),
    next_check_at: at(seconds + 60),
    response_time_ms: ms,
    tool_count: 3,
    error: health === "healthy" ? null : "connection refused",
    stage: health === "healthy" ? null : "connect",
    kind: health === "healthy" ? null : "refused",
  };
}

export function configChange(
  name: string,
  change: ConfigChange["change"],
  fields: string[] = [],
): ConfigChange {
  return {
    type: "mcp_config_change",
    event_id: 1,
    timestamp: at(1),
    severity: "info",
    mcp_name: name,
    change,
    fields,
    actor: "someone",
  };
}

export function toolsChange(name: string, seconds = 5): CapabilitiesChange {
  return {
    type: "mcp_capabilities_changed",
    event_id: seconds,
    timestamp: at(seconds),
    severity: "info",
    mcp_name: name,
    added: { tools: ["new"] },
    removed: {},
    changed: {},
    snapshot: "abc",
  };
}
