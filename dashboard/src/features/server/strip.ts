import type { HistoryPoint, Reason, Span, SpanState } from "../../api/schema";

/** The geometry of the availability strip; pure. */

/** A stretch of time with one state. */
export interface Piece {
  from: number;
  to: number;
  state: SpanState;
  reason: Reason;
}

/** What is drawn and walked through: one span, or a cell too narrow for all that happened in it. */
export interface Segment {
  from: number;
  to: number;
  /** Shares of the strip's width, from 0 to 1. */
  x: number;
  width: number;
  /** The worst of it; null where nothing is recorded. */
  state: SpanState | null;
  /** Milliseconds by state. */
  times: Partial<Record<SpanState, number>>;
  /** How many pieces it holds. */
  pieces: number;
  reason: Reason;
}

/** Worst first: what a segment of several states looks like. */
const WEIGHT: readonly SpanState[] = [
  "unhealthy",
  "degraded",
  "blind",
  "unknown",
  "maintenance",
  "inactive",
  "healthy",
];

export const worst = (states: readonly SpanState[]): SpanState | null =>
  WEIGHT.find((each) => states.includes(each)) ?? null;

/** Spans as pieces, oldest first; the one that lasts ends now. */
export function piecesOfSpans(spans: readonly Span[], now: number): Piece[] {
  return spans
    .map((span) => ({
      from: Date.parse(span.from),
      to: span.to === null ? now : Date.parse(span.to),
      state: span.state,
      reason: span.reason,
    }))
    .sort((a, b) => a.from - b.from);
}

/** Roll-ups as pieces: within one step nothing is known of the order, so the worst comes first. */
export function piecesOfPoints(points: readonly HistoryPoint[]): Piece[] {
  return points.flatMap((point) => {
    let at = Date.parse(point.begin);
    return WEIGHT.flatMap((state) => {
      const length = (point.seconds[state] ?? 0) * 1_000;
      if (length <= 0) return [];
      const piece: Piece = { from: at, to: at + length, state, reason: null };
      at += length;
      return [piece];
    });
  });
}

interface Cell {
  times: Partial<Record<SpanState, number>>;
  pieces: Piece[];
}

/**
 * Cuts the stretch into cells; cells that hold one and the same piece become one segment, so that long
 * spans keep their exact length and no short one vanishes.
 */
export function segmentsOf(pieces: readonly Piece[], from: number, to: number, cells: number): Segment[] {
  const size = (to - from) / cells;
  const grid: Cell[] = Array.from({ length: cells }, () => ({ times: {}, pieces: [] }));
  for (const piece of pieces) {
    const begin = Math.max(piece.from, from);
    const end = Math.min(piece.to, to);
    if (end <= begin) continue;
    const first = Math.floor((begin - from) / size);
    const last = Math.min(cells - 1, Math.ceil((end - from) / size) - 1);
    for (let i = first; i <= last; i++) {
      const cell = grid[i];
      if (!cell) continue;
      const part = Math.min(end, from + (i + 1) * size) - Math.max(begin, from + i * size);
      cell.times[piece.state] = (cell.times[piece.state] ?? 0) + Math.max(0, part);
      cell.pieces.push(piece);
    }
  }
  return joined(grid, from, size);
}

function joined(grid: readonly Cell[], from: number, size: number): Segment[] {
  const segments: Segment[] = [];
  let only: Piece | null | undefined;
  grid.forEach((cell, i) => {
    const single = cell.pieces.length === 0 ? null : cell.pieces.length === 1 ? cell.pieces[0] : undefined;
    const before = segments.at(-1);
    if (before && single !== undefined && single === only) {
      before.to = from + (i + 1) * size;
      before.width += 1 / grid.length;
      for (const [state, ms] of Object.entries(cell.times) as Array<[SpanState, number]>)
        before.times[state] = (before.times[state] ?? 0) + ms;
    } else {
      const state = worst(cell.pieces.map((each) => each.state));
      segments.push({
        from: from + i * size,
        to: from + (i + 1) * size,
        x: i / grid.length,
        width: 1 / grid.length,
        state,
        times: { ...cell.times },
        pieces: cell.pieces.length,
        reason: cell.pieces.find((each) => each.state === state && each.reason)?.reason ?? null,
      });
    }
    only = single;
  });
  return segments;
}

/** Moments on the axis: round ones, at most `most`. */
export function axisTicks(from: number, to: number, most: number): number[] {
  const minute = 60_000;
  const hour = 60 * minute;
  const day = 24 * hour;
  const steps = [5, 10, 15, 30].map((each) => each * minute);
  steps.push(...[1, 2, 3, 6, 12].map((each) => each * hour));
  steps.push(...[1, 2, 7, 14, 30, 61, 91, 182, 365].map((each) => each * day));
  const step = steps.find((each) => (to - from) / each <= most) ?? (to - from) / most;
  // Round by the reader's clock, not by UTC.
  const shift = new Date(from).getTimezoneOffset() * minute;
  const ticks: number[] = [];
  for (let at = Math.ceil((from - shift) / step) * step + shift; at <= to; at += step) ticks.push(at);
  return ticks;
}
