import type { Health, Reason } from "../api/schema";

/** Messages of the feed, as `docs/openapi.yaml` and the monitor's event writer know them. */
type Common<T extends string> = {
  type: T;
  /** Null where the event is of the feed only. */
  event_id: number | null;
  timestamp: string;
  severity: "info" | "warning" | "high" | "critical";
};

type OfServer<T extends string> = Common<T> & { mcp_name: string };
type Stage = NonNullable<Reason>["stage"];
export type NamesByList = Partial<Record<"tools" | "prompts" | "resources" | "resource_templates", string[]>>;

export type StatusChange = OfServer<"mcp_status_change"> & {
  old_status: Health;
  new_status: Health;
  reason: string | null;
  stage: Stage | null;
  kind: string | null;
  tool_count: number | null;
  response_time_ms: number | null;
  error_count: number;
};

export type HealthCheck = OfServer<"mcp_health_check"> & {
  health_status: Health;
  last_health_check: string;
  next_check_at: string;
  response_time_ms: number | null;
  tool_count: number | null;
  error: string | null;
  stage: Stage | null;
  kind: string | null;
};

export type AutoDisabled = OfServer<"mcp_auto_disabled"> & { reason: string; failure_cycles: number };
export type AutoEnabled = OfServer<"mcp_auto_enabled"> & { reason: string; failure_cycles: number };

export type CircuitChange = OfServer<"circuit_breaker_state"> & {
  old_state: "closed" | "open" | "half_open";
  new_state: "closed" | "open" | "half_open";
  failure_count: number;
  threshold: number;
  failure_cycles: number;
  message: string;
};

export type CapabilitiesChange = OfServer<"mcp_capabilities_changed"> & {
  added: NamesByList;
  removed: NamesByList;
  changed: NamesByList;
  snapshot: string;
};

export type ConfigChange = Common<"mcp_config_change"> & {
  mcp_name: string | null;
  change: string;
  fields: string[];
  actor: string;
};

export type MonitorChange = Common<"monitor_state"> & { mcp_name: null; state: string; message: string };

export type FleetEvent =
  | StatusChange
  | HealthCheck
  | AutoDisabled
  | AutoEnabled
  | CircuitChange
  | CapabilitiesChange
  | ConfigChange
  | MonitorChange;

export type FeedMessage =
  | FleetEvent
  | { type: "hello"; cursor: number }
  | { type: "reset"; cursor: number }
  | { type: "keep_alive"; cursor: number };
