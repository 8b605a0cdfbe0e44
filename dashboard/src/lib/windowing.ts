/** Which rows to draw so that those in view, and some around them, are there. `end` is behind the last. */
export function visibleRange(
  count: number,
  rowHeight: number,
  top: number,
  viewport: number,
  overscan: number,
): { start: number; end: number } {
  // Whole groups of rows: scrolling by a few pixels changes nothing.
  const first = Math.floor(Math.max(0, -top) / rowHeight);
  const last = Math.ceil(Math.max(0, viewport - top) / rowHeight);
  const start = Math.max(0, Math.floor((first - overscan) / overscan) * overscan);
  const end = Math.min(count, Math.ceil((last + overscan) / overscan) * overscan);
  return { start: Math.min(start, end), end };
}

/** Which columns fit into a width: the least important go first. */
export function fitting<T extends { id: string; width: number; priority: number }>(
  columns: readonly T[],
  width: number,
): T[] {
  const kept = [...columns];
  let sum = kept.reduce((total, each) => total + each.width, 0);
  while (sum > width && kept.some((each) => each.priority > 0)) {
    const least = kept.reduce((a, b) => (b.priority > a.priority ? b : a));
    kept.splice(kept.indexOf(least), 1);
    sum -= least.width;
  }
  return kept;
}
