import { expect, test } from "vitest";
import { explain, whatCounted } from "./uptime";

test("only up and down count; the rest is named with its seconds", () => {
  const told = explain({
    from: "2026-01-01T00:00:00Z",
    to: "2026-01-01T01:00:00Z",
    uptime: 0.99,
    seconds: {
      healthy: 1_700,
      degraded: 280,
      unhealthy: 20,
      maintenance: 600,
      blind: 0,
      inactive: 900,
      unknown: 0.3,
    },
  });
  expect(told).toMatchObject({ known: 2_000, up: 1_980, down: 20, degraded: 280 });
  expect(told.leftOut).toEqual([
    { state: "inactive", seconds: 900 },
    { state: "maintenance", seconds: 600 },
  ]);
  expect(told.unrecorded).toBeCloseTo(99.7);
});

test("spans count with what of them lies in the range", () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  const span = (state: "unhealthy" | "healthy" | "blind", from: number, to: number | null) => ({
    state,
    from: at(from),
    to: to === null ? null : at(to),
    seconds: 0,
    reason: null,
  });
  const counted = whatCounted(
    [span("unhealthy", 50, null), span("healthy", 20, 50), span("blind", 0, 20), span("unhealthy", -9, 0)],
    Date.parse(at(10)),
    Date.parse(at(60)),
  );
  expect(counted.map((each) => [each.state, each.seconds, each.effect])).toEqual([
    ["unhealthy", 600, "down"],
    ["blind", 600, "left_out"],
  ]);
});
