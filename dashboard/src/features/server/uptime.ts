import type { Span, SpanState, Uptime } from "../../api/schema";

/** Why an uptime is what it is; pure. Seconds throughout. */
export interface Explanation {
  share: number | null;
  /** What counts at all: up and down. */
  known: number;
  up: number;
  down: number;
  degraded: number;
  /** What does not count, the longest first. */
  leftOut: Array<{ state: SpanState; seconds: number }>;
  /** Before the server was registered, or after the records end. */
  unrecorded: number;
}

const LEFT_OUT = ["maintenance", "blind", "inactive", "unknown"] as const;

export function explain(uptime: Uptime): Explanation {
  const seconds = (state: SpanState) => uptime.seconds[state] ?? 0;
  const up = seconds("healthy") + seconds("degraded");
  const down = seconds("unhealthy");
  const leftOut = LEFT_OUT.map((state) => ({ state, seconds: seconds(state) }))
    .filter((each) => each.seconds >= 0.5)
    .sort((a, b) => b.seconds - a.seconds);
  const all = (Date.parse(uptime.to) - Date.parse(uptime.from)) / 1_000;
  const recorded = up + down + LEFT_OUT.reduce((sum, state) => sum + seconds(state), 0);
  const unrecorded = Math.max(0, all - recorded);
  return {
    share: uptime.uptime,
    known: up + down,
    up,
    down,
    degraded: seconds("degraded"),
    leftOut,
    unrecorded: unrecorded < 1 ? 0 : unrecorded,
  };
}

export interface Counted {
  state: SpanState;
  from: number;
  to: number | null;
  /** Those within the range. */
  seconds: number;
  reason: Span["reason"];
  effect: "down" | "left_out";
}

/** The spans that took something from the uptime, or were left out of it; newest first. */
export function whatCounted(spans: readonly Span[], from: number, to: number): Counted[] {
  return spans
    .filter((each) => each.state !== "healthy" && each.state !== "degraded")
    .map((each) => {
      const begin = Math.max(from, Date.parse(each.from));
      const end = Math.min(to, each.to === null ? to : Date.parse(each.to));
      return {
        state: each.state,
        from: Date.parse(each.from),
        to: each.to === null ? null : Date.parse(each.to),
        seconds: Math.max(0, (end - begin) / 1_000),
        reason: each.reason,
        effect: each.state === "unhealthy" ? ("down" as const) : ("left_out" as const),
      };
    })
    .filter((each) => each.seconds >= 0.5);
}
