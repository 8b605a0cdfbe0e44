// Written by scripts/api-types.mjs from docs/openapi.yaml. Do not edit.

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: Array<FieldProblem>;
};

export type FieldProblem = {
  /** Where; empty for the whole. */
  field: string;
  message: string;
};

export type Health = "unknown" | "healthy" | "degraded" | "unhealthy";

export type SpanState = "unknown" | "healthy" | "degraded" | "unhealthy" | "blind" | "maintenance" | "inactive";

export type Stage = "dns" | "connect" | "tls" | "http" | "auth" | "handshake" | "list" | "call" | null;

export type Reason = {
  stage: Stage;
  kind: string;
  message: string;
} | null;

export type Definition = {
  name?: string;
  description?: string | null;
  /** `http` means `auto`. */
  protocol?: "auto" | "http" | "streamable-http" | "sse" | "stdio";
  url?: string;
  command?: string;
  args?: Array<string>;
  env?: Record<string, string>;
  directory?: string | null;
  auth_type?: "none" | "bearer" | "api_key" | "basic" | "headers" | "oauth_client_credentials";
  /** `bearer`: token; `api_key`: header, key; `basic`: username, password; `headers`: any; `oauth_client_credentials`:
   * client_id, client_secret or private_key (PEM) with signing_algorithm, token_url, scope. Secrets are answered
   * as `••••`. */
  auth_config?: Record<string, unknown>;
  headers?: Record<string, string>;
  timeout_seconds?: number;
  tags?: Array<string>;
  expect?: "tools" | "auth_challenge";
  era?: "auto" | "session" | "stateless";
  /** Settings of this server that differ from the fleet's. */
  overrides?: Record<string, unknown>;
  can_auto_enable?: boolean;
  /** Your own; shown and never read. */
  meta_data?: Record<string, unknown>;
  status?: "active" | "inactive";
  maintenance?: boolean;
  version?: number;
};

/** With a `url`, `auth_type`, `auth_config` and `headers`; or with a `command`, `args`, `env` and `directory`. */
export type Server = {
  id: number;
  name: string;
  description: string | null;
  protocol: "auto" | "streamable-http" | "sse" | "stdio";
  url?: string;
  command?: string;
  args?: Array<string>;
  env?: Record<string, string>;
  directory?: string | null;
  auth_type?: "none" | "bearer" | "api_key" | "basic" | "headers" | "oauth_client_credentials";
  auth_config?: Record<string, string>;
  headers?: Record<string, string>;
  timeout_seconds: number;
  tags: Array<string>;
  expect: "tools" | "auth_challenge";
  era: "auto" | "session" | "stateless";
  overrides: Record<string, unknown>;
  can_auto_enable: boolean;
  meta_data: Record<string, unknown>;
  status: "active" | "inactive";
  maintenance: boolean;
  health_status: Health;
  health_since: string;
  last_health_check: string | null;
  next_check_at: string | null;
  response_time_ms: number | null;
  reason: Reason;
  error_count: number;
  circuit_state: "closed" | "open" | "half_open";
  failure_cycle_count: number;
  auto_disabled_at: string | null;
  auto_disabled_reason: string | null;
  protocol_version: string | null;
  /** The one that was found. */
  transport: "streamable-http" | "sse" | "stdio" | null;
  server_info: ServerInfo;
  tool_count: number | null;
  prompt_count: number | null;
  resource_count: number | null;
  resource_template_count: number | null;
  certificate_expires_at: string | null;
  /** When the token that Pharos signs in with ends: the one it fetched, or a bearer token of yours that is a JWT and says so (it
   * is read, not verified). Null when there is none, or nobody says. */
  token_expires_at: string | null;
  /** Shares from 0 to 1, never rounded up; null when nothing is known. */
  uptime: {
    "24h": number | null;
    "7d": number | null;
    "30d": number | null;
  };
  /** The newest 40 checks, newest first: health and milliseconds. */
  recent: Array<[Health, number | null]>;
  /** The configuration file that owns the definition. */
  managed_by: string | null;
  created_at: string;
  updated_at: string;
  /** Grows with every edit. */
  version: number;
};

export type ServerInfo = {
  name: string;
  title: string | null;
  version: string | null;
} | null;

export type ServerList = {
  servers: Array<Server>;
  /** Of all pages. */
  total: number;
  next_cursor: string | null;
};

export type Result = {
  target: string;
  health_status: Health;
  transport: "streamable-http" | "sse" | "stdio" | null;
  protocol_version: string | null;
  server_info: ServerInfo;
  stages: Array<StageTime>;
  response_time_ms: number | null;
  tool_count: number | null;
  prompt_count: number | null;
  resource_count: number | null;
  resource_template_count: number | null;
  certificate: {
    subject: string;
    issuer: string;
    not_after: string;
  } | null;
  reason: Reason;
  findings: Array<{
    kind: string;
    message: string;
  }>;
  checked_at: string | null;
  era: "session" | "stateless" | null;
  /** Where it was found, when that is not the address given. */
  url: string | null;
};

export type StageTime = {
  stage: "dns" | "connect" | "tls" | "http" | "auth" | "handshake" | "list" | "call";
  /** Microseconds. */
  us: number;
};

export type CheckStages = {
  /** So far: the running one last, counted up to now. None when no check runs. */
  stages: Array<StageTime>;
};

export type Refresh = {
  id: string;
  total: number;
  done: number;
  state: "running" | "done" | "stopped";
  started_at: string;
};

export type ToolAnswer = {
  /** The tool ran and failed. */
  is_error: boolean;
  /** As the server gave it; null when there is none. */
  result: unknown;
  response_time_ms: number;
  reason: Reason;
};

export type Capabilities = {
  server: string;
  /** Equal content, equal hash. */
  snapshot: string | null;
  seen_at: string | null;
  cached_at: string | null;
  tools: Array<Record<string, unknown>> | null;
  prompts: Array<Record<string, unknown>> | null;
  resources: Array<Record<string, unknown>> | null;
  resource_templates: Array<Record<string, unknown>> | null;
};

export type ChangeList = {
  changes: Array<CapabilityChange>;
  next_cursor: string | null;
};

export type CapabilityChange = {
  id: number;
  at: string;
  list: "tools" | "prompts" | "resources" | "resource_templates";
  kind: "added" | "removed" | "changed";
  key: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

export type LogList = {
  logs: Array<LogRow>;
  next_cursor: string | null;
};

export type LogRow = {
  checked_at: string;
  health_status: Health;
  verdict: Health;
  response_time_ms: number | null;
  stages: Array<StageTime>;
  reason: Reason;
  tool_count: number | null;
  /** Why the check was made. */
  event_type: string;
};

export type History = {
  from: string;
  to: string;
  step: "5m" | "1h" | "1d";
  points: Array<HistoryPoint>;
};

export type HistoryPoint = {
  begin: string;
  checks: number;
  /** By kind. */
  failures: Record<string, number>;
  /** By state. */
  seconds: Record<string, number>;
  avg_ms: number | null;
  min_ms: number | null;
  max_ms: number | null;
  p50_ms: number | null;
  p95_ms: number | null;
  p99_ms: number | null;
};

export type Uptime = {
  from: string;
  to: string;
  uptime: number | null;
  /** By state. */
  seconds: Record<string, number>;
};

export type SpanList = {
  spans: Array<Span>;
  next_cursor: string | null;
};

export type Span = {
  state: SpanState;
  from: string;
  to: string | null;
  seconds: number;
  reason: Reason;
};

export type EventType = "mcp_status_change" | "mcp_health_check" | "mcp_auto_disabled" | "mcp_auto_enabled" | "circuit_breaker_state" | "mcp_capabilities_changed" | "mcp_config_change" | "monitor_state";

export type Event = StatusChangeEvent | HealthCheckEvent | AutoDisabledEvent | AutoEnabledEvent | CircuitEvent | CapabilitiesEvent | ConfigEvent | MonitorEvent;

export type StatusChangeEvent = {
  type: "mcp_status_change";
  /** Null where the event is of the feed only. */
  event_id: number | null;
  timestamp: string;
  mcp_name: string;
  severity: "info" | "warning" | "high" | "critical";
  old_status: Health;
  new_status: Health;
  reason: string | null;
  stage: Stage;
  kind: string | null;
  tool_count: number | null;
  response_time_ms: number | null;
  error_count: number;
};

export type HealthCheckEvent = {
  type: "mcp_health_check";
  /** Null where the event is of the feed only. */
  event_id: number | null;
  timestamp: string;
  mcp_name: string;
  severity: "info" | "warning" | "high" | "critical";
  health_status: Health;
  last_health_check: string;
  next_check_at: string;
  response_time_ms: number | null;
  tool_count: number | null;
  error: string | null;
  stage: Stage;
  kind: string | null;
};

export type AutoDisabledEvent = {
  type: "mcp_auto_disabled";
  /** Null where the event is of the feed only. */
  event_id: number | null;
  timestamp: string;
  mcp_name: string;
  severity: "info" | "warning" | "high" | "critical";
  reason: string;
  failure_cycles: number;
};

export type AutoEnabledEvent = {
  type: "mcp_auto_enabled";
  /** Null where the event is of the feed only. */
  event_id: number | null;
  timestamp: string;
  mcp_name: string;
  severity: "info" | "warning" | "high" | "critical";
  reason: string;
  failure_cycles: number;
};

export type CircuitEvent = {
  type: "circuit_breaker_state";
  /** Null where the event is of the feed only. */
  event_id: number | null;
  timestamp: string;
  mcp_name: string;
  severity: "info" | "warning" | "high" | "critical";
  old_state: "closed" | "open" | "half_open";
  new_state: "closed" | "open" | "half_open";
  failure_count: number;
  threshold: number;
  failure_cycles: number;
  message: string;
};

export type CapabilitiesEvent = {
  type: "mcp_capabilities_changed";
  /** Null where the event is of the feed only. */
  event_id: number | null;
  timestamp: string;
  mcp_name: string;
  severity: "info" | "warning" | "high" | "critical";
  /** Names by list. */
  added: Record<string, Array<string>>;
  /** Names by list. */
  removed: Record<string, Array<string>>;
  /** Names by list. */
  changed: Record<string, Array<string>>;
  snapshot: string;
};

export type ConfigEvent = {
  type: "mcp_config_change";
  /** Null where the event is of the feed only. */
  event_id: number | null;
  timestamp: string;
  mcp_name: string | null;
  severity: "info" | "warning" | "high" | "critical";
  change: "created" | "updated" | "deleted" | "enabled" | "disabled";
  fields: Array<string>;
  actor: string;
};

export type MonitorEvent = {
  type: "monitor_state";
  /** Null where the event is of the feed only. */
  event_id: number | null;
  timestamp: string;
  mcp_name: null;
  severity: "info" | "warning" | "high" | "critical";
  state: string;
  message: string;
};

export type EventList = {
  events: Array<Event>;
  next_cursor: string;
  older_before: string | null;
};

export type FeedMessage = StatusChangeEvent | HealthCheckEvent | AutoDisabledEvent | AutoEnabledEvent | CircuitEvent | CapabilitiesEvent | ConfigEvent | MonitorEvent | FeedMark;

/** Where in the journal the feed is; after `reset`, fetch everything again. */
export type FeedMark = {
  type: "hello" | "reset" | "keep_alive";
  cursor: number;
};

export type Summary = {
  total: number;
  /** By health; inactive servers and those in maintenance are counted apart. */
  counts: {
    unknown: number;
    healthy: number;
    degraded: number;
    unhealthy: number;
    inactive: number;
    maintenance: number;
  };
  oldest_outage: {
    name: string;
    since: string;
    reason: Reason;
  } | null;
  live: boolean;
  state: string;
  state_since: string;
  message: string;
  /** 99th percentile of how much later than due checks begin. */
  lateness_ms: number;
  now: string;
};

export type NodeList = {
  nodes: Array<Node>;
};

export type Node = {
  /** Never given twice. */
  id: string;
  /** The machine's name. */
  name: string;
  version: string;
  started_at: string;
  /** Servers that it looks at. */
  server_count: number;
  /** Since it was last heard of, by the database's clock. */
  seconds_since_seen: number;
  /** Whether it was heard of in the last 10 seconds. */
  live: boolean;
  /** Whether it is the one that answers. */
  here: boolean;
};

/** All fields of one group of settings: of the one that is asked for. */
export type Config = unknown;

export type ConfigList = {
  groups: Array<{
    key: "health_check" | "circuit_breaker" | "capabilities" | "retention" | "limits" | "blindness";
    values: Config;
    /** Fields that can only be changed in the configuration file. */
    fixed: Array<string>;
  }>;
};

/** Some fields of the group. */
export type ConfigChange = Record<string, unknown>;

/** The group `health_check`. */
export type HealthCheckSettings = {
  interval_seconds: number;
  adaptive: boolean;
  healthy_interval_seconds: number;
  degraded_interval_seconds: number;
  unhealthy_interval_seconds: number;
  settling_interval_seconds: number;
  auto_disabled_interval_seconds: number;
  fresh_handshake_seconds: number;
  knock_seconds: number;
  fail_after: number;
  recover_after: number;
  confirm_fast_ms: number;
  confirm_slow_ms: number;
  slow_after_ms: number | null;
};

/** The group `circuit_breaker`. */
export type CircuitBreakerSettings = {
  failure_threshold: number;
  timeout_seconds: number;
  max_open_interval_seconds: number;
  max_failure_cycles: number;
  auto_disable_enabled: boolean;
};

/** The group `capabilities`. */
export type CapabilitySettings = {
  cache_ttl_seconds: number;
};

/** The group `retention`. */
export type RetentionSettings = {
  log_days: number;
  rollup_5m_days: number;
  rollup_1h_days: number;
  event_days: number;
};

/** The group `limits`. */
export type LimitSettings = {
  max_in_flight: number;
  max_per_host: number;
  max_processes: number;
  max_held_streams: number;
};

/** The group `blindness`. */
export type BlindnessSettings = {
  window_seconds: number;
  /** host:port */
  sentinel: string | null;
};

export type ImportPlan = {
  added: Array<string>;
  changed: Array<{
    name: string;
    fields: Array<string>;
  }>;
  unchanged: Array<string>;
  left_out: Array<FieldProblem>;
  problems: Array<FieldProblem>;
  dry_run: boolean;
};

export type FleetFile = {
  servers?: Array<Record<string, unknown>>;
};

export type Liveness = {
  status: "live";
};

export type Readiness = {
  status: "ready" | "not_ready";
  /** `ok`, or what is wrong, by part. */
  checks: Record<string, string>;
};

export type Metrics = string;

export type Page = string;

export type Login = {
  password: string;
};

export type Session = {
  login_required: boolean;
  logged_in: boolean;
  /** Of a login; also in the cookie `pharos_csrf`. */
  csrf_token?: string;
};

export type OlderHealth = {
  healthy: boolean;
  tool_count: number | null;
  response_time_ms: number | null;
  last_check: string | null;
  error: string | null;
  circuit_state: "closed" | "open" | "half_open";
};

export interface Operations {
  /** Registered servers with what is known of them. */
  listServers: {
    path: Record<never, never>;
    query: { q?: string; status?: "active" | "inactive"; health?: Health; tag?: string; sort?: string; limit?: number; cursor?: string };
    body: never;
    answer: ServerList;
  };
  /** Registers a server; its first check starts at once. */
  createServer: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: Definition;
    answer: Server;
  };
  /** One server. */
  getServer: {
    path: { name: string };
    query: Record<never, never>;
    body: never;
    answer: Server;
  };
  /** Changes the fields that are given. */
  updateServer: {
    path: { name: string };
    query: Record<never, never>;
    body: Definition;
    answer: Server;
  };
  /** Removes a server with all its history. */
  deleteServer: {
    path: { name: string };
    query: Record<never, never>;
    body: never;
    answer: void;
  };
  /** Has a server watched again, also one that was given up. */
  enableServer: {
    path: { name: string };
    query: Record<never, never>;
    body: never;
    answer: Server;
  };
  /** Has a server not watched. */
  disableServer: {
    path: { name: string };
    query: Record<never, never>;
    body: never;
    answer: Server;
  };
  /** Closes a server's circuit by hand. */
  resetCircuit: {
    path: { name: string };
    query: Record<never, never>;
    body: never;
    answer: Server;
  };
  /** Checks a server now and answers with the whole result. */
  checkServer: {
    path: { name: string };
    query: Record<never, never>;
    body: never;
    answer: Result;
  };
  /** How far the check is that runs at a server now. */
  getCheckStages: {
    path: { name: string };
    query: Record<never, never>;
    body: never;
    answer: CheckStages;
  };
  /** Starts to check all active servers. One that runs already, at whichever replica, is given again. */
  checkAllServers: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: Refresh;
  };
  /** How far a check of all servers is, whichever replica makes it. */
  getRefresh: {
    path: { id: string };
    query: Record<never, never>;
    body: never;
    answer: Refresh;
  };
  /** Stops it; checks that have begun go on. */
  stopRefresh: {
    path: { id: string };
    query: Record<never, never>;
    body: never;
    answer: Refresh;
  };
  /** Checks an unsaved definition; saves nothing. */
  discoverServer: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: Definition;
    answer: Result;
  };
  /** Runs a tool of a server. */
  callTool: {
    path: { name: string; tool: string };
    query: Record<never, never>;
    body: {
      arguments?: Record<string, unknown>;
    };
    answer: ToolAnswer;
  };
  /** What a server offers, from the cache. */
  getCapabilities: {
    path: { name: string };
    query: Record<never, never>;
    body: never;
    answer: Capabilities;
  };
  /** How that changed, newest first. */
  listCapabilityChanges: {
    path: { name: string };
    query: { limit?: number; cursor?: string };
    body: never;
    answer: ChangeList;
  };
  /** A server's checks, newest first; the last 7 days unless told otherwise. */
  listLogs: {
    path: { name: string };
    query: { from?: string; to?: string; status?: Health; limit?: number; cursor?: string };
    body: never;
    answer: LogList;
  };
  /** Checks in numbers, for charts; the last day unless told otherwise. */
  getHistory: {
    path: { name: string };
    query: { from?: string; to?: string; step?: "5m" | "1h" | "1d" };
    body: never;
    answer: History;
  };
  /** The share of known time in which a server was up; the last 30 days unless told otherwise. */
  getUptime: {
    path: { name: string };
    query: { from?: string; to?: string };
    body: never;
    answer: Uptime;
  };
  /** Stretches of time with one state, newest first; the last 30 days unless told otherwise. */
  listSpans: {
    path: { name: string };
    query: { from?: string; to?: string; limit?: number; cursor?: string };
    body: never;
    answer: SpanList;
  };
  /** The journal of events. */
  listEvents: {
    path: Record<never, never>;
    query: { cursor?: number; before?: number; type?: EventType; server?: string; limit?: number };
    body: never;
    answer: EventList;
  };
  /** The live feed as server-sent events; the same as the WebSocket. */
  streamEvents: {
    path: Record<never, never>;
    query: { cursor?: number; servers?: string; types?: string };
    body: never;
    answer: FeedMessage;
  };
  /** The live feed over WebSocket. */
  openWebSocket: {
    path: Record<never, never>;
    query: { cursor?: number; servers?: string; types?: string };
    body: never;
    answer: void;
  };
  /** The fleet in numbers, and how the monitor itself does. */
  getSummary: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: Summary;
  };
  /** The processes that take part in watching the fleet. */
  listNodes: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: NodeList;
  };
  /** All groups of settings, and what of them the configuration file fixes. */
  listConfig: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: ConfigList;
  };
  /** A group of settings. */
  getConfig: {
    path: { key: "health_check" | "circuit_breaker" | "capabilities" | "retention" | "limits" | "blindness" };
    query: Record<never, never>;
    body: never;
    answer: Config;
  };
  /** Changes the fields that are given; obeyed at once. */
  changeConfig: {
    path: { key: "health_check" | "circuit_breaker" | "capabilities" | "retention" | "limits" | "blindness" };
    query: Record<never, never>;
    body: ConfigChange;
    answer: Config;
  };
  /** Takes the configuration file of an MCP client, or our own YAML. */
  importServers: {
    path: Record<never, never>;
    query: { dry_run?: boolean };
    body: Record<string, unknown> | string;
    answer: ImportPlan;
  };
  /** All definitions as our YAML, without secrets; importing it again changes nothing. */
  exportServers: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: FleetFile;
  };
  /** Whether the process answers. */
  isLive: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: Liveness;
  };
  /** Whether it can do its work. */
  isReady: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: Readiness;
  };
  /** The monitor's own metrics in the text form of Prometheus. */
  getMetrics: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: Metrics;
  };
  /** One fresh check of any address as metrics, in the manner of the blackbox exporter. */
  probe: {
    path: Record<never, never>;
    query: { target: string; expect?: "tools" | "auth_challenge"; timeout?: number };
    body: never;
    answer: Metrics;
  };
  /** Opens a session. */
  login: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: Login;
    answer: Session;
  };
  /** Ends the session, at all replicas within seconds. */
  logout: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: void;
  };
  /** Whether a login is needed, and there. */
  getSession: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: Session;
  };
  /** The first page, or the login. */
  getHome: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: Page;
  };
  /** The dashboard where servers are added. */
  getAddPage: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: Page;
  };
  /** The dashboard with the journal. */
  getJournalPage: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: Page;
  };
  /** The dashboard with the settings. */
  getSettingsPage: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: Page;
  };
  /** The dashboard with one server. */
  getServerPage: {
    path: { name: string };
    query: Record<never, never>;
    body: never;
    answer: Page;
  };
  /** A file of the dashboard. Those with a hash in their name never change. */
  getAsset: {
    path: { file: string };
    query: Record<never, never>;
    body: never;
    answer: Page;
  };
  /** This file. */
  getOpenApi: {
    path: Record<never, never>;
    query: Record<never, never>;
    body: never;
    answer: Page;
  };
}

export const ROUTES: Record<keyof Operations, readonly [string, string]> = {
  listServers: ["GET", "/api/v1/servers"],
  createServer: ["POST", "/api/v1/servers"],
  getServer: ["GET", "/api/v1/servers/{name}"],
  updateServer: ["PATCH", "/api/v1/servers/{name}"],
  deleteServer: ["DELETE", "/api/v1/servers/{name}"],
  enableServer: ["POST", "/api/v1/servers/{name}/enable"],
  disableServer: ["POST", "/api/v1/servers/{name}/disable"],
  resetCircuit: ["POST", "/api/v1/servers/{name}/circuit/reset"],
  checkServer: ["POST", "/api/v1/servers/{name}/check"],
  getCheckStages: ["GET", "/api/v1/servers/{name}/check/stages"],
  checkAllServers: ["POST", "/api/v1/servers/check"],
  getRefresh: ["GET", "/api/v1/servers/check/{id}"],
  stopRefresh: ["DELETE", "/api/v1/servers/check/{id}"],
  discoverServer: ["POST", "/api/v1/servers/discover"],
  callTool: ["POST", "/api/v1/servers/{name}/tools/{tool}/call"],
  getCapabilities: ["GET", "/api/v1/servers/{name}/capabilities"],
  listCapabilityChanges: ["GET", "/api/v1/servers/{name}/capabilities/changes"],
  listLogs: ["GET", "/api/v1/servers/{name}/logs"],
  getHistory: ["GET", "/api/v1/servers/{name}/history"],
  getUptime: ["GET", "/api/v1/servers/{name}/uptime"],
  listSpans: ["GET", "/api/v1/servers/{name}/spans"],
  listEvents: ["GET", "/api/v1/events"],
  streamEvents: ["GET", "/api/v1/events/stream"],
  openWebSocket: ["GET", "/ws"],
  getSummary: ["GET", "/api/v1/summary"],
  listNodes: ["GET", "/api/v1/nodes"],
  listConfig: ["GET", "/api/v1/config"],
  getConfig: ["GET", "/api/v1/config/{key}"],
  changeConfig: ["PUT", "/api/v1/config/{key}"],
  importServers: ["POST", "/api/v1/import"],
  exportServers: ["GET", "/api/v1/export"],
  isLive: ["GET", "/health/live"],
  isReady: ["GET", "/health/ready"],
  getMetrics: ["GET", "/metrics"],
  probe: ["GET", "/probe"],
  login: ["POST", "/api/v1/login"],
  logout: ["POST", "/api/v1/logout"],
  getSession: ["GET", "/api/v1/session"],
  getHome: ["GET", "/"],
  getAddPage: ["GET", "/add"],
  getJournalPage: ["GET", "/journal"],
  getSettingsPage: ["GET", "/settings"],
  getServerPage: ["GET", "/servers/{name}"],
  getAsset: ["GET", "/assets/{file}"],
  getOpenApi: ["GET", "/openapi.yaml"],
};
