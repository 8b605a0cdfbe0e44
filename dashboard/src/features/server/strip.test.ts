import { expect, test } from "vitest";
import type { Span } from "../../api/schema";
import { axisTicks, type Piece, piecesOfPoints, piecesOfSpans, segmentsOf } from "./strip";

const piece = (from: number, to: number, state: Piece["state"]): Piece => ({ from, to, state, reason: null });

test("a long span is one segment, and what is not recorded is one without a state", () => {
  const segments = segmentsOf([piece(50, 100, "healthy")], 0, 100, 10);
  expect(segments.map((each) => [each.from, each.to, each.state])).toEqual([
    [0, 50, null],
    [50, 100, "healthy"],
  ]);
  expect(segments[1]?.x).toBeCloseTo(0.5);
  expect(segments[1]?.width).toBeCloseTo(0.5);
});

test("a short outage keeps a cell of its own", () => {
  const pieces = [piece(0, 50, "healthy"), piece(50, 51, "unhealthy"), piece(51, 100, "healthy")];
  const segments = segmentsOf(pieces, 0, 100, 10);
  expect(segments.map((each) => each.state)).toEqual(["healthy", "unhealthy", "healthy"]);
  expect(segments[1]).toMatchObject({ from: 50, to: 60, pieces: 2, times: { unhealthy: 1, healthy: 9 } });
});

test("two spans of one state side by side stay two", () => {
  const segments = segmentsOf([piece(0, 50, "healthy"), piece(50, 100, "healthy")], 0, 100, 10);
  expect(segments).toHaveLength(2);
});

test("segments fill the strip, whatever is in it", () => {
  const pieces = Array.from({ length: 97 }, (_, i) =>
    piece(i * 11, i * 11 + 7, i % 3 ? "healthy" : "degraded"),
  );
  const segments = segmentsOf(pieces, 13, 1_000, 50);
  expect(segments.reduce((sum, each) => sum + each.width, 0)).toBeCloseTo(1);
  segments.slice(1).forEach((each, i) => {
    expect(each.from).toBeCloseTo(segments[i]?.to ?? 0);
  });
});

test("the span that lasts ends now, and spans come oldest first", () => {
  const span = (from: string, to: string | null): Span => ({
    state: "healthy",
    from,
    to,
    seconds: 0,
    reason: null,
  });
  const now = Date.parse("2026-01-01T02:00:00Z");
  const pieces = piecesOfSpans(
    [span("2026-01-01T01:00:00Z", null), span("2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z")],
    now,
  );
  expect(pieces.map((each) => each.to)).toEqual([Date.parse("2026-01-01T01:00:00Z"), now]);
});

test("a roll-up becomes one piece for each state", () => {
  const pieces = piecesOfPoints([
    {
      begin: "2026-01-01T00:00:00Z",
      checks: 3,
      failures: {},
      seconds: { healthy: 200, unhealthy: 100, degraded: 0 },
      avg_ms: 1,
      min_ms: 1,
      max_ms: 1,
      p50_ms: 1,
      p95_ms: 1,
      p99_ms: 1,
    },
  ]);
  expect(pieces.map((each) => [each.state, each.to - each.from])).toEqual([
    ["unhealthy", 100_000],
    ["healthy", 200_000],
  ]);
});

test("ticks are round and not too many", () => {
  const from = Date.parse("2026-01-01T00:07:00Z");
  const ticks = axisTicks(from, from + 3_600_000, 6);
  expect(ticks.length).toBeGreaterThan(2);
  expect(ticks.length).toBeLessThanOrEqual(7);
  expect(ticks.every((each) => new Date(each).getMinutes() % 5 === 0)).toBe(true);
});
