import { expect, test } from "vitest";
import { fitting, visibleRange } from "./windowing";

test("of two thousand rows only those around the view are drawn", () => {
  const range = visibleRange(2_000, 40, -20_000, 800, 8);
  expect(range.start).toBeLessThanOrEqual(500 - 8);
  expect(range.end).toBeGreaterThanOrEqual(520 + 8);
  expect(range.end - range.start).toBeLessThan(60);
});

test("at the ends nothing beyond the list is drawn", () => {
  expect(visibleRange(10, 40, 0, 800, 8)).toEqual({ start: 0, end: 10 });
  expect(visibleRange(10, 40, -50_000, 800, 8)).toEqual({ start: 10, end: 10 });
  expect(visibleRange(0, 40, 0, 800, 8)).toEqual({ start: 0, end: 0 });
});

test("scrolling a little draws the same rows", () => {
  expect(visibleRange(2_000, 40, -4_010, 800, 8)).toEqual(visibleRange(2_000, 40, -4_030, 800, 8));
});

test("the least important columns go first, the needed ones never", () => {
  const columns = [
    { id: "name", width: 200, priority: 0 },
    { id: "beats", width: 200, priority: 2 },
    { id: "tools", width: 60, priority: 5 },
  ];
  expect(fitting(columns, 500).map((each) => each.id)).toEqual(["name", "beats", "tools"]);
  expect(fitting(columns, 450).map((each) => each.id)).toEqual(["name", "beats"]);
  expect(fitting(columns, 10).map((each) => each.id)).toEqual(["name"]);
});
