import type { Mood } from "./fleet";

/** How each server does, at one moment. */
export type Outlook = ReadonlyMap<string, Mood>;

export interface Difference {
  recovered: string[];
  failed: string[];
  /** Changed otherwise: to degraded, or seen for the first time. */
  other: string[];
}

/** What is different between two moments, for servers known at both. */
export function difference(before: Outlook, after: Outlook): Difference {
  const found: Difference = { recovered: [], failed: [], other: [] };
  for (const [name, now] of after) {
    const then = before.get(name);
    if (then === undefined || then === now) continue;
    if (now === "unhealthy") found.failed.push(name);
    else if (then === "unhealthy" && (now === "healthy" || now === "degraded")) found.recovered.push(name);
    else found.other.push(name);
  }
  return found;
}
