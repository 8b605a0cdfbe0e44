-- Instants are integer microseconds since 1970 (UTC). Names of states, kinds and the like are the public ones.
-- Numbers of servers, events and changes are never given twice (AUTOINCREMENT).

CREATE TABLE mcp_servers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  description TEXT,
  status TEXT NOT NULL,
  protocol TEXT NOT NULL,
  url TEXT,
  command TEXT,
  args TEXT,
  directory TEXT,
  env TEXT,
  auth_type TEXT NOT NULL,
  auth_config TEXT,
  timeout_seconds REAL NOT NULL,
  -- Of the system before this one: a failed look is confirmed by the health settings instead.
  max_retries INTEGER NOT NULL DEFAULT 0,
  retry_delay_seconds REAL NOT NULL DEFAULT 0,
  tags TEXT NOT NULL,
  expect TEXT NOT NULL,
  era TEXT NOT NULL,
  overrides TEXT NOT NULL,
  max_failure_cycles INTEGER,
  can_auto_enable INTEGER NOT NULL,
  meta_data TEXT NOT NULL,
  managed_by TEXT,
  maintenance INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  owner TEXT,

  -- What was seen. From here on only looks write.
  last_health_check INTEGER,
  next_check_at INTEGER,
  health_status TEXT NOT NULL,
  health_since INTEGER NOT NULL,
  reason_stage TEXT,
  reason_kind TEXT,
  reason_message TEXT,
  response_time_us INTEGER,
  error_count INTEGER NOT NULL,
  failure_cycle_count INTEGER NOT NULL,
  auto_disabled_at INTEGER,
  auto_disabled_reason TEXT,
  circuit_state TEXT NOT NULL,
  circuit_since INTEGER NOT NULL,
  tool_count INTEGER NOT NULL DEFAULT -1,
  prompt_count INTEGER NOT NULL DEFAULT -1,
  resource_count INTEGER NOT NULL DEFAULT -1,
  resource_template_count INTEGER NOT NULL DEFAULT -1,
  protocol_version TEXT,
  server_info TEXT,
  capability_hash TEXT,
  capability_seen_at INTEGER,
  health_memory TEXT NOT NULL
);
CREATE INDEX mcp_servers_by_snapshot ON mcp_servers (capability_hash) WHERE capability_hash IS NOT NULL;

-- Long and seldom written: apart from the row that every look rewrites.
CREATE TABLE mcp_server_facts (
  server_id INTEGER PRIMARY KEY REFERENCES mcp_servers (id) ON DELETE CASCADE,
  facts TEXT NOT NULL
);

-- By time, so that looks are appended and old ones dropped in stretches. Each row names the one before of its server: the rows of
-- a server are a chain that begins at mcp_servers.last_health_check.
CREATE TABLE mcp_health_logs (
  checked_at INTEGER NOT NULL,
  server_id INTEGER NOT NULL,
  previous_at INTEGER,
  status TEXT NOT NULL,
  -- NULL: the same as status
  verdict TEXT,
  response_time_us INTEGER,
  stages TEXT,
  tool_count INTEGER,
  reason_stage TEXT,
  reason_kind TEXT,
  error_message TEXT,
  -- NULL: scheduled
  event_type TEXT,
  PRIMARY KEY (checked_at, server_id)
) WITHOUT ROWID;

CREATE TABLE mcp_status_spans (
  server_id INTEGER NOT NULL REFERENCES mcp_servers (id) ON DELETE CASCADE,
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  state TEXT NOT NULL,
  reason_stage TEXT,
  reason_kind TEXT,
  reason_message TEXT,
  PRIMARY KEY (server_id, began_at)
) WITHOUT ROWID;
CREATE UNIQUE INDEX mcp_status_spans_open ON mcp_status_spans (server_id) WHERE ended_at IS NULL;

-- One row for each way in which looks of a bucket ended: a bucket of the histogram (of those that did not fail), or a kind of failure.
-- So that everything adds up by plain additions.
CREATE TABLE mcp_rollup_5m (
  begin_at INTEGER NOT NULL,
  server_id INTEGER NOT NULL,
  latency_bucket INTEGER NOT NULL,
  failure TEXT NOT NULL,
  checks INTEGER NOT NULL,
  sum_us INTEGER NOT NULL,
  min_us INTEGER NOT NULL,
  max_us INTEGER NOT NULL,
  PRIMARY KEY (begin_at, server_id, latency_bucket, failure)
) WITHOUT ROWID;
CREATE TABLE mcp_rollup_1h (
  begin_at INTEGER NOT NULL,
  server_id INTEGER NOT NULL,
  latency_bucket INTEGER NOT NULL,
  failure TEXT NOT NULL,
  checks INTEGER NOT NULL,
  sum_us INTEGER NOT NULL,
  min_us INTEGER NOT NULL,
  max_us INTEGER NOT NULL,
  PRIMARY KEY (begin_at, server_id, latency_bucket, failure)
) WITHOUT ROWID;
CREATE TABLE mcp_rollup_1d (
  begin_at INTEGER NOT NULL,
  server_id INTEGER NOT NULL,
  latency_bucket INTEGER NOT NULL,
  failure TEXT NOT NULL,
  checks INTEGER NOT NULL,
  sum_us INTEGER NOT NULL,
  min_us INTEGER NOT NULL,
  max_us INTEGER NOT NULL,
  PRIMARY KEY (begin_at, server_id, latency_bucket, failure)
) WITHOUT ROWID;

CREATE TABLE mcp_capability_snapshots (
  hash TEXT PRIMARY KEY,
  content TEXT NOT NULL
);
CREATE TABLE mcp_capability_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  server_id INTEGER NOT NULL REFERENCES mcp_servers (id) ON DELETE CASCADE,
  changed_at INTEGER NOT NULL,
  list TEXT NOT NULL,
  change TEXT NOT NULL,
  item TEXT NOT NULL,
  old_text TEXT,
  new_text TEXT
);
CREATE INDEX mcp_capability_changes_by_server ON mcp_capability_changes (server_id, id);

-- The journal. The payload is what is sent, but for the id.
CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  mcp_name TEXT,
  payload TEXT NOT NULL
);
CREATE INDEX events_by_server ON events (mcp_name, id) WHERE mcp_name IS NOT NULL;

CREATE TABLE config (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE TABLE nodes (
  id TEXT PRIMARY KEY,
  seen_at INTEGER NOT NULL
);

-- One known word under the key of the secrets: tells at the start whether the key fits.
CREATE TABLE secret_check (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sealed TEXT NOT NULL
);

PRAGMA user_version = 1;
