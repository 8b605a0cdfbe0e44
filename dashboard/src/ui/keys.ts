import { useEffect, useRef } from "react";
import { remembered } from "../lib/store";

/** Single keys can be turned off, for those whose software speaks in keys. */
export const keysOn = remembered<boolean>("pharos.keys", true, (value) => typeof value === "boolean");

function typing(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  return Boolean(target?.closest("input, textarea, select, [contenteditable], dialog, [role=menu]"));
}

/** Whether Enter or Space would already do something where the focus is. */
function pressable(event: KeyboardEvent): boolean {
  return Boolean((event.target as HTMLElement | null)?.closest("a, button, summary, [role=img]"));
}

/** Long ago: a key in the first second of a page follows no `g`. */
const NEVER = Number.NEGATIVE_INFINITY;
let leader = NEVER;
const LEADER_MS = 1_200;

/** Hears single keys, and `g` with another; not while somebody writes. */
export function useKeys(keys: Record<string, () => unknown>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
      if (!keysOn.get() || (event.key === "Enter" && pressable(event))) return;
      const led = event.timeStamp - leader < LEADER_MS;
      const run = latest.current[led ? `g ${event.key}` : event.key];
      if (!run) return;
      leader = NEVER;
      event.preventDefault();
      run();
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, []);
}

/** Notices the `g` of two-key commands. */
export function useLeader(): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key === "g" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event)) {
        leader = event.timeStamp;
      } else if (event.key !== "Shift") setTimeout(() => (leader = NEVER));
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, []);
}
