import type { FleetEvent } from "./events";

export type NoticeKind =
  | "down"
  | "degraded"
  | "recovered"
  | "given_up"
  | "back"
  | "tools"
  | "monitor"
  | "text";

/** What a toast says: one or more events of a kind, or a sentence of our own. */
export interface Notice {
  id: number;
  kind: NoticeKind;
  first: number;
  last: number;
  events: FleetEvent[];
  text?: { title: string; detail?: string; tone: "info" | "good" | "bad"; link?: NoticeLink };
  dismissed: boolean;
}

export interface NoticeLink {
  label: string;
  to: string;
  search?: Record<string, string>;
}

export const COLLAPSE_MS = 5_000;
export const KEPT = 50;

/** Which kind of toast an event makes; null for none. */
export function kindOf(event: FleetEvent): NoticeKind | null {
  switch (event.type) {
    case "mcp_status_change":
      if (event.new_status === "unhealthy") return "down";
      if (event.new_status === "degraded") return "degraded";
      // A first look that finds all well is no news.
      return event.new_status === "healthy" && event.old_status !== "unknown" ? "recovered" : null;
    case "mcp_auto_disabled":
      return "given_up";
    case "mcp_auto_enabled":
      return "back";
    case "mcp_capabilities_changed":
      return "tools";
    case "monitor_state":
      return "monitor";
    case "mcp_health_check":
    case "circuit_breaker_state":
    case "mcp_config_change":
      return null;
  }
}

/** Bad news stays until it is closed. */
export const sticks = (kind: NoticeKind): boolean => kind === "down" || kind === "given_up";

/** The list, newest first, with one more event: joined to one of its kind of the last 5 s, else on top. */
export function addEvent(notices: readonly Notice[], event: FleetEvent, now: number, id: number): Notice[] {
  const kind = kindOf(event);
  if (kind === null) return notices as Notice[];
  const index = notices.findIndex(
    (each) => each.kind === kind && !each.dismissed && now - each.last <= COLLAPSE_MS,
  );
  const found = notices[index];
  if (found && kind !== "monitor") {
    const joined = { ...found, last: now, events: [...withoutOlder(found.events, event), event] };
    return [joined, ...notices.slice(0, index), ...notices.slice(index + 1)];
  }
  const notice: Notice = { id, kind, first: now, last: now, events: [event], dismissed: false };
  return [notice, ...notices].slice(0, KEPT);
}

function withoutOlder(events: readonly FleetEvent[], event: FleetEvent): FleetEvent[] {
  return events.filter((each) => each.mcp_name !== event.mcp_name);
}

export function dismiss(notices: readonly Notice[], id: number): Notice[] {
  return notices.map((each) => (each.id === id ? { ...each, dismissed: true } : each));
}

/** Own actions that show in place: what they cause needs no toast. */
export class OwnActions {
  private readonly until = new Map<string, number>();
  private all = Number.NEGATIVE_INFINITY;

  claim(name: string, until: number): void {
    this.until.set(name, until);
  }

  claimAll(until: number): void {
    this.all = until;
  }

  covers(event: FleetEvent, now: number): boolean {
    if (event.mcp_name === null) return false;
    if (now <= this.all) return true;
    const until = this.until.get(event.mcp_name);
    if (until !== undefined && now > until) this.until.delete(event.mcp_name);
    return until !== undefined && now <= until;
  }
}
