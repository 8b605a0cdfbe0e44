import { expect, test } from "vitest";
import type { LogRow } from "../../api/schema";
import { stackStages } from "./stages";

const row = (second: number, stages: LogRow["stages"]): LogRow => ({
  checked_at: new Date(second * 1_000).toISOString(),
  health_status: "healthy",
  verdict: "healthy",
  response_time_ms: 1,
  stages,
  reason: null,
  tool_count: 1,
  event_type: "scheduled",
});

test("stages stand on each other, as the mean of the checks of a step", () => {
  const rows = [
    row(1, [
      { stage: "connect", us: 2_000 },
      { stage: "list", us: 4_000 },
    ]),
    row(2, [{ stage: "list", us: 8_000 }]),
    row(25, [{ stage: "list", us: 5_000 }]),
  ];
  expect(stackStages(rows, 0, 30_000, 3)).toEqual({
    x: [5, 25],
    stacks: [
      { stage: "connect", tops: [1, 0] },
      { stage: "list", tops: [7, 5] },
    ],
  });
});
