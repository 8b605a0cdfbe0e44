import { expect, test } from "vitest";
import { difference } from "./outlook";

test("a refresh tells who recovered, who failed and who else changed", () => {
  const before = new Map([
    ["a", "unhealthy"],
    ["b", "healthy"],
    ["c", "healthy"],
    ["d", "unknown"],
    ["e", "healthy"],
  ] as const);
  const after = new Map([
    ["a", "healthy"],
    ["b", "unhealthy"],
    ["c", "degraded"],
    ["d", "healthy"],
    ["e", "healthy"],
    ["new", "unhealthy"],
  ] as const);
  expect(difference(before, after)).toEqual({ recovered: ["a"], failed: ["b"], other: ["c", "d"] });
});
