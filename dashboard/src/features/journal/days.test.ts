import { expect, test } from "vitest";
import { byDay } from "./days";

const at = (day: number, hour: number) => ({ timestamp: new Date(2026, 10, day, hour).toISOString() });

test("events stand under their day, each day once, also when one is out of order around midnight", () => {
  const events = [at(22, 9), at(22, 0), at(21, 23), at(22, 0), at(20, 5)];
  expect(byDay(events).map((each) => [each.day, each.events.length])).toEqual([
    ["2026-11-22", 3],
    ["2026-11-21", 1],
    ["2026-11-20", 1],
  ]);
});
