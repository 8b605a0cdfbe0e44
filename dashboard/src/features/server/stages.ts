import type { LogRow, StageTime } from "../../api/schema";

export const STAGES: ReadonlyArray<StageTime["stage"]> = [
  "dns",
  "connect",
  "tls",
  "http",
  "auth",
  "handshake",
  "list",
  "call",
];

export interface Stacked {
  /** Middle of each step, seconds since 1970. */
  x: number[];
  /** By stage that was seen, the mean milliseconds of a check, on top of the stages before it. */
  stacks: Array<{ stage: StageTime["stage"]; tops: Array<number | null> }>;
}

/** Stages of checks as areas on top of each other, in `steps` steps; those without a check are left out. Pure. */
export function stackStages(rows: readonly LogRow[], from: number, to: number, steps: number): Stacked {
  const size = (to - from) / steps;
  const sums = new Map<number, { checks: number; us: Partial<Record<StageTime["stage"], number>> }>();
  for (const row of rows) {
    const i = Math.floor((Date.parse(row.checked_at) - from) / size);
    if (i < 0 || i >= steps || row.stages.length === 0) continue;
    const sum = sums.get(i) ?? { checks: 0, us: {} };
    sum.checks++;
    for (const { stage, us } of row.stages) sum.us[stage] = (sum.us[stage] ?? 0) + us;
    sums.set(i, sum);
  }
  const steady = [...sums.keys()].sort((a, b) => a - b);
  const seen = STAGES.filter((stage) => [...sums.values()].some((sum) => sum.us[stage] !== undefined));
  const below = new Map<number, number>();
  const stacks = seen.map((stage) => ({
    stage,
    tops: steady.map((i) => {
      const sum = sums.get(i);
      const top = (below.get(i) ?? 0) + (sum?.us[stage] ?? 0) / (sum?.checks ?? 1) / 1_000;
      below.set(i, top);
      return top;
    }),
  }));
  return { x: steady.map((i) => (from + (i + 0.5) * size) / 1_000), stacks };
}
