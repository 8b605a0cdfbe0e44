import type { Server } from "../../api/schema";
import { MOODS, type Mood, moodOf } from "../../live/fleet";

/** What of the screen stands in the address, so that it can be sent to somebody. */
export interface ServersSearch {
  q?: string;
  /** Moods with commas between them. */
  health?: string;
  tag?: string;
  transport?: string;
  /** With a minus before it, backwards. */
  sort?: string;
  view?: "tiles";
  window?: "7d" | "30d";
}

export const SORTS = ["worst", "name", "transport", "latency", "uptime", "tools", "last", "next"] as const;
export type Sort = (typeof SORTS)[number];
export type UptimeWindow = "24h" | "7d" | "30d";

const text = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number"
    ? String(value).slice(0, 200) || undefined
    : undefined;

/** Whatever stands in an address, as a search; what makes no sense is left out. */
export function readSearch(raw: Record<string, unknown>): ServersSearch {
  const sort = text(raw.sort);
  const moods = moodsOf(text(raw.health));
  const search: ServersSearch = {};
  const q = text(raw.q);
  const tag = text(raw.tag);
  const transport = text(raw.transport);
  if (q) search.q = q;
  if (moods.length > 0) search.health = moods.join(",");
  if (tag) search.tag = tag;
  if (transport) search.transport = transport;
  if (sort && SORTS.includes(sort.replace(/^-/, "") as Sort) && sort !== "worst") search.sort = sort;
  if (raw.view === "tiles") search.view = "tiles";
  if (raw.window === "7d" || raw.window === "30d") search.window = raw.window;
  return search;
}

export function moodsOf(value: string | undefined): Mood[] {
  return (value ?? "").split(",").filter((each): each is Mood => MOODS.includes(each as Mood));
}

/** Adds a mood to the filter, or takes it away. */
export function toggleMood(value: string | undefined, mood: Mood): string | undefined {
  const now = moodsOf(value);
  const next = now.includes(mood) ? now.filter((each) => each !== mood) : [...now, mood];
  return next.join(",") || undefined;
}

export function sortOf(search: ServersSearch): { by: Sort; backwards: boolean } {
  const value = search.sort ?? "worst";
  return { by: value.replace(/^-/, "") as Sort, backwards: value.startsWith("-") };
}

/** Where a server is: its address, or the command that starts it. */
export function placeOf(server: Server): string {
  return server.url ?? [server.command, ...(server.args ?? [])].filter(Boolean).join(" ");
}

export function matches(server: Server, search: ServersSearch): boolean {
  const moods = moodsOf(search.health);
  if (moods.length > 0 && !moods.includes(moodOf(server))) return false;
  if (search.tag && !server.tags.includes(search.tag)) return false;
  if (search.transport && transportOf(server) !== search.transport) return false;
  if (!search.q) return true;
  const all = [
    server.name,
    server.description ?? "",
    placeOf(server),
    ...server.tags,
    server.reason?.message ?? "",
  ]
    .join("\n")
    .toLowerCase();
  return search.q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** The transport that was found, or the one that is wanted while none was. */
export const transportOf = (server: Server): string => server.transport ?? server.protocol;

export function count(servers: readonly Server[]): Record<Mood, number> {
  const counts: Record<Mood, number> = {
    unhealthy: 0,
    given_up: 0,
    degraded: 0,
    unknown: 0,
    maintenance: 0,
    healthy: 0,
    inactive: 0,
  };
  for (const server of servers) counts[moodOf(server)]++;
  return counts;
}

const keys = new Map<string, string>();

/** A text whose plain order is the order of people: without case, 2 before 10. Kept, since lists are sorted often. */
function orderKey(text: string): string {
  let key = keys.get(text);
  if (key === undefined) {
    key = text
      .toLowerCase()
      .normalize("NFKD")
      .replaceAll(/\p{M}/gu, "")
      .replaceAll(/\d+/g, (digits) => digits.padStart(12, "0"));
    if (keys.size > 50_000) keys.clear();
    keys.set(text, key);
  }
  return key;
}

const plainly = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type Value = number | string | null;

function value(server: Server, by: Sort, window: UptimeWindow): Value {
  switch (by) {
    case "worst":
      return MOODS.indexOf(moodOf(server));
    case "name":
      return orderKey(server.name);
    case "transport":
      return `${transportOf(server)} ${server.protocol_version ?? ""}`;
    case "latency":
      return server.response_time_ms;
    case "uptime":
      return server.uptime[window] ?? null;
    case "tools":
      return server.tool_count;
    case "last":
      return server.last_health_check;
    case "next":
      return server.next_check_at;
  }
}

/** The servers in order; equal ones by name, unknown values last in both directions. */
export function sortServers(
  servers: readonly Server[],
  by: Sort,
  backwards: boolean,
  window: UptimeWindow = "24h",
): Server[] {
  const direction = backwards ? -1 : 1;
  return servers
    .map((server) => ({ server, value: value(server, by, window), key: orderKey(server.name) }))
    .sort((a, b) => compare(a.value, b.value, direction) || plainly(a.key, b.key))
    .map((each) => each.server);
}

function compare(a: Value, b: Value, direction: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return (a - b) * direction;
  return plainly(String(a), String(b)) * direction;
}

/**
 * An order that stays as it is, but for those who left, and those who came: they stand behind whom they
 * would stand behind. And how many rows would have to move for the wanted order.
 */
export function keepOrder(
  old: readonly string[],
  wanted: readonly string[],
): { order: string[]; moved: number } {
  const place = new Map(wanted.map((name, i) => [name, i]));
  const before = new Set(old);
  const order = old.filter((each) => place.has(each));
  wanted.forEach((name, i) => {
    if (!before.has(name)) order.splice(i === 0 ? 0 : order.indexOf(wanted[i - 1] ?? "") + 1, 0, name);
  });
  return { order, moved: order.length - longestRise(order.map((name) => place.get(name) ?? 0)) };
}

/** The length of the longest rising subsequence: those that can stay where they are. */
function longestRise(values: readonly number[]): number {
  const ends: number[] = [];
  for (const value of values) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    ends[low] = value;
  }
  return ends.length;
}
