/** Which stretch of time a page shows; kept in the address. */

export const PRESETS = ["1h", "6h", "24h", "7d", "30d", "1y"] as const;
export type Preset = (typeof PRESETS)[number];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LENGTHS: Record<Preset, number> = {
  "1h": HOUR,
  "6h": 6 * HOUR,
  "24h": DAY,
  "7d": 7 * DAY,
  "30d": 30 * DAY,
  "1y": 365 * DAY,
};

export const TABS = ["overview", "capabilities", "changes", "settings"] as const;
export type Tab = (typeof TABS)[number];

export interface ServerSearch {
  tab?: Exclude<Tab, "overview">;
  range?: Exclude<Preset, "24h">;
  /** Of a stretch of one's own; both or none. */
  from?: string;
  to?: string;
  status?: "healthy" | "degraded" | "unhealthy" | "unknown";
}

const STATUSES = ["healthy", "degraded", "unhealthy", "unknown"] as const;

const among = <T extends string>(all: readonly T[], value: unknown): T | undefined =>
  all.find((each) => each === value);

const time = (value: unknown): number | null => {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
};

/** What the address says; what it says wrongly is left out. */
export function readServerSearch(raw: Record<string, unknown>): ServerSearch {
  const tab = among(TABS, raw.tab);
  const range = among(PRESETS, raw.range);
  const status = among(STATUSES, raw.status);
  const from = time(raw.from);
  const to = time(raw.to);
  return {
    ...(tab && tab !== "overview" ? { tab } : {}),
    ...(from !== null && to !== null && from < to
      ? { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
      : range && range !== "24h"
        ? { range }
        : {}),
    ...(status ? { status } : {}),
  };
}

export interface TimeRange {
  /** Null for a stretch of one's own, which does not move. */
  preset: Preset | null;
  from: number;
  to: number;
}

/** The stretch that is meant, by now; presets move with it. */
export function rangeOf(search: ServerSearch, now: number): TimeRange {
  if (search.from && search.to)
    return { preset: null, from: Date.parse(search.from), to: Date.parse(search.to) };
  const preset = search.range ?? "24h";
  return { preset, from: now - LENGTHS[preset], to: now };
}

/** How long a preset is, in milliseconds. */
export const lengthOf = (preset: Preset): number => LENGTHS[preset];
