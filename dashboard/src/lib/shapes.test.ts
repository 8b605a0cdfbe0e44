import { expect, test } from "vitest";
import { beatPaths, sparkline } from "./shapes";

test("beats stand at the right end, the newest last", () => {
  const paths = beatPaths(
    [
      { health: "healthy", ms: 1 },
      { health: "unhealthy", ms: null },
    ],
    4,
    20,
  );
  expect(paths.healthy).toBe("M11 5h3v10h-3z");
  expect(paths.unhealthy).toBe("M15.5 0h4v20h-4z");
  expect(paths.degraded).toBe("");
});

test("each health has a form of its own", () => {
  const forms = (["healthy", "degraded", "unhealthy", "unknown"] as const).map(
    (health) => beatPaths([{ health, ms: 1 }], 1, 20)[health],
  );
  expect(new Set(forms).size).toBe(4);
});

test("a line has gaps where nothing was measured", () => {
  expect(sparkline([1, 1, null, 2, 3], 40, 10)).toBe("M0 9L10 9M30 5L40 1");
});

test("a nearly flat line stays flat, and one value makes none", () => {
  expect(sparkline([100, 101], 10, 12)).toBe("M0 11L10 10.6");
  expect(sparkline([null, 4], 10, 10)).toBeNull();
});
