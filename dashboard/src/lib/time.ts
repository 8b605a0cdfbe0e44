export type Unit = "s" | "min" | "h" | "d";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Amount {
  value: number;
  unit: Unit;
}

/** A length of time in its largest fitting unit, never rounded up: 119 s are 1 min. */
export function amount(ms: number): Amount {
  const length = Math.abs(ms);
  if (length < MINUTE) return { value: Math.floor(length / SECOND), unit: "s" };
  if (length < HOUR) return { value: Math.floor(length / MINUTE), unit: "min" };
  if (length < 2 * DAY) return { value: Math.floor(length / HOUR), unit: "h" };
  return { value: Math.floor(length / DAY), unit: "d" };
}

/** A length of time in up to two units: 380 s are 6 min 20 s. */
export function amounts(ms: number): Amount[] {
  const whole = Math.max(0, ms);
  const steps: Array<[number, Unit]> = [
    [DAY, "d"],
    [HOUR, "h"],
    [MINUTE, "min"],
    [SECOND, "s"],
  ];
  const first = steps.findIndex(([size]) => whole >= size);
  if (first < 0) return [{ value: 0, unit: "s" }];
  const found: Amount[] = [];
  let rest = whole;
  for (const [size, unit] of steps.slice(first, first + 2)) {
    const value = Math.floor(rest / size);
    rest -= value * size;
    if (value > 0) found.push({ value, unit });
  }
  return found;
}

export type Relative =
  | { when: "past"; amount: Amount }
  | { when: "future"; amount: Amount }
  | { when: "now" }
  /** A moment that should have come: it is due. */
  | { when: "due" };

/** How long ago. What lies ahead by a little (clocks differ) is now. */
export function ago(at: number, now: number): Relative {
  const since = now - at;
  return since < SECOND ? { when: "now" } : { when: "past", amount: amount(since) };
}

/** How long until. */
export function until(at: number, now: number): Relative {
  const left = at - now;
  return left < SECOND ? { when: "due" } : { when: "future", amount: amount(left) };
}
