import type { Server } from "../../api/schema";

/** The groups of settings with their fields; pure. */

export const GROUPS = {
  health_check: [
    ["interval_seconds", "seconds"],
    ["adaptive", "switch"],
    ["healthy_interval_seconds", "seconds"],
    ["degraded_interval_seconds", "seconds"],
    ["unhealthy_interval_seconds", "seconds"],
    ["settling_interval_seconds", "seconds"],
    ["auto_disabled_interval_seconds", "seconds"],
    ["fail_after", "checks"],
    ["recover_after", "checks"],
    ["confirm_fast_ms", "ms"],
    ["confirm_slow_ms", "ms"],
    ["slow_after_ms", "ms"],
    ["knock_seconds", "seconds"],
    ["fresh_handshake_seconds", "seconds"],
  ],
  capabilities: [["cache_ttl_seconds", "seconds"]],
  circuit_breaker: [
    ["failure_threshold", "checks"],
    ["timeout_seconds", "seconds"],
    ["max_open_interval_seconds", "seconds"],
    ["max_failure_cycles", "cycles"],
    ["auto_disable_enabled", "switch"],
  ],
  retention: [
    ["log_days", "days"],
    ["rollup_5m_days", "days"],
    ["rollup_1h_days", "days"],
    ["event_days", "days"],
  ],
  limits: [
    ["max_in_flight", "none"],
    ["max_per_host", "none"],
    ["max_processes", "none"],
    ["max_held_streams", "none"],
  ],
  blindness: [
    ["sentinel", "text"],
    ["window_seconds", "seconds"],
  ],
} as const;

export type GroupKey = keyof typeof GROUPS;
export type FieldKind = "seconds" | "switch" | "checks" | "ms" | "cycles" | "days" | "none" | "text";
export type FieldName = (typeof GROUPS)[GroupKey][number][0];
export type Values = Record<string, unknown>;

/** What stands in a field for a value. */
export const textOf = (value: unknown): string =>
  value === null || value === undefined ? "" : String(value);

/** What is sent for a text; what is no number is sent as it is, and the API says what is wrong. */
export function valueFor(kind: FieldKind, text: string): unknown {
  const trimmed = text.trim();
  if (kind === "switch") return trimmed === "true";
  if (trimmed === "") return null;
  if (kind === "text") return trimmed;
  const value = Number(trimmed.replace(",", "."));
  return Number.isFinite(value) ? value : trimmed;
}

/** Only what differs. */
export function changed(
  fields: ReadonlyArray<readonly [string, FieldKind]>,
  values: Values,
  draft: Readonly<Record<string, string>>,
): Values {
  const found: Values = {};
  for (const [name, kind] of fields) {
    const text = draft[name];
    if (text === undefined || text.trim() === textOf(values[name])) continue;
    found[name] = valueFor(kind, text);
  }
  return found;
}

const HOUR = 3_600;

/** How many checks an hour the fleet gets as things are: by the gap between the last and the next one. */
export function pace(servers: readonly Server[]): number {
  return servers.reduce((sum, server) => {
    if (server.status !== "active" || !server.last_health_check || !server.next_check_at) return sum;
    const gap = (Date.parse(server.next_check_at) - Date.parse(server.last_health_check)) / 1_000;
    return gap > 0 ? sum + HOUR / gap : sum;
  }, 0);
}
