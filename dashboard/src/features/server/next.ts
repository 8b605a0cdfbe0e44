import type { Server } from "../../api/schema";

/** Why the next check comes when it comes; pure. */
export type NextWhy =
  | "inactive"
  | "given_up"
  | "given_up_for_good"
  | "first"
  | "open"
  | "half_open"
  | "unhealthy"
  | "degraded"
  | "fixed"
  | "settling"
  | "watched"
  | "every";

export interface Rhythm {
  adaptive: boolean;
  interval_seconds: number;
  healthy_interval_seconds: number;
  degraded_interval_seconds: number;
  unhealthy_interval_seconds: number;
}

/** The fleet's rhythm with what is different for this server. */
export function rhythmOf(fleet: Rhythm, overrides: Server["overrides"]): Rhythm {
  const own = overrides as Partial<Rhythm>;
  return {
    adaptive: own.adaptive ?? fleet.adaptive,
    interval_seconds: own.interval_seconds ?? fleet.interval_seconds,
    healthy_interval_seconds: own.healthy_interval_seconds ?? fleet.healthy_interval_seconds,
    degraded_interval_seconds: own.degraded_interval_seconds ?? fleet.degraded_interval_seconds,
    unhealthy_interval_seconds: own.unhealthy_interval_seconds ?? fleet.unhealthy_interval_seconds,
  };
}

type Known = Pick<
  Server,
  | "status"
  | "health_status"
  | "auto_disabled_at"
  | "can_auto_enable"
  | "circuit_state"
  | "last_health_check"
  | "next_check_at"
>;

/** Starts are spread a little; a gap that is this near to an interval is that interval. */
const SLACK = 0.12;

export function nextWhy(server: Known, rhythm: Rhythm): { why: NextWhy; seconds: number } {
  if (server.status === "inactive") {
    if (server.auto_disabled_at === null) return { why: "inactive", seconds: 0 };
    return { why: server.can_auto_enable ? "given_up" : "given_up_for_good", seconds: 0 };
  }
  if (server.last_health_check === null) return { why: "first", seconds: 0 };
  const gap =
    server.next_check_at === null
      ? 0
      : (Date.parse(server.next_check_at) - Date.parse(server.last_health_check)) / 1_000;
  if (server.circuit_state === "open") return { why: "open", seconds: gap };
  if (server.circuit_state === "half_open") return { why: "half_open", seconds: gap };
  if (!rhythm.adaptive) return { why: "fixed", seconds: rhythm.interval_seconds };
  if (server.health_status === "unhealthy")
    return { why: "unhealthy", seconds: rhythm.unhealthy_interval_seconds };
  if (server.health_status === "degraded")
    return { why: "degraded", seconds: rhythm.degraded_interval_seconds };
  if (near(gap, rhythm.interval_seconds)) return { why: "every", seconds: rhythm.interval_seconds };
  if (near(gap, rhythm.healthy_interval_seconds))
    return { why: "watched", seconds: rhythm.healthy_interval_seconds };
  return { why: "settling", seconds: gap };
}

const near = (value: number, target: number): boolean => Math.abs(value - target) <= target * SLACK;
