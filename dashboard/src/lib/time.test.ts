import { expect, test } from "vitest";
import { ago, amount, amounts, until } from "./time";

const S = 1_000;

test.each([
  [0, 0, "s"],
  [999, 0, "s"],
  [59 * S, 59, "s"],
  [60 * S, 1, "min"],
  [119 * S, 1, "min"],
  [3_600 * S, 1, "h"],
  [47 * 3_600 * S, 47, "h"],
  [48 * 3_600 * S, 2, "d"],
])("%i ms are %i %s", (ms, value, unit) => {
  expect(amount(ms)).toEqual({ value, unit });
});

test("a length has at most two units and no zero ones", () => {
  expect(amounts(380 * S)).toEqual([
    { value: 6, unit: "min" },
    { value: 20, unit: "s" },
  ]);
  expect(amounts(3_600 * S)).toEqual([{ value: 1, unit: "h" }]);
  expect(amounts(90_061 * S)).toEqual([
    { value: 1, unit: "d" },
    { value: 1, unit: "h" },
  ]);
  expect(amounts(-5)).toEqual([{ value: 0, unit: "s" }]);
});

test("a moment a little ahead of us is now, never in the future", () => {
  expect(ago(5_000, 3_000)).toEqual({ when: "now" });
  expect(ago(1_000, 9_000)).toEqual({ when: "past", amount: { value: 8, unit: "s" } });
});

test("a check that should have begun is due", () => {
  expect(until(1_000, 4_000)).toEqual({ when: "due" });
  expect(until(26_000, 4_000)).toEqual({ when: "future", amount: { value: 22, unit: "s" } });
});
