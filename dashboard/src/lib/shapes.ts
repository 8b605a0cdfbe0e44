/** Geometry of the small pictures in a row; pure, so that it can be tested. */

export interface Beat {
  health: "healthy" | "degraded" | "unhealthy" | "unknown";
  ms: number | null;
}

export const BEAT_STEP = 5;
const WIDTH = 3;

/** One path for each health. Oldest left; each health has its own form, so that colour is not needed. */
export function beatPaths(
  beats: readonly Beat[],
  slots: number,
  height: number,
): Record<Beat["health"], string> {
  const paths = { healthy: "", degraded: "", unhealthy: "", unknown: "" };
  const first = slots - beats.length;
  beats.forEach((beat, i) => {
    paths[beat.health] += form(beat.health, (first + i) * BEAT_STEP + 1, height);
  });
  return paths;
}

function bar(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}

function form(health: Beat["health"], x: number, height: number): string {
  switch (health) {
    case "healthy":
      return bar(x, height * 0.25, WIDTH, height * 0.5);
    case "degraded":
      // Broken in the middle.
      return bar(x, height * 0.1, WIDTH, height * 0.32) + bar(x, height * 0.58, WIDTH, height * 0.32);
    case "unhealthy":
      // As tall as can be, and wider.
      return bar(x - 0.5, 0, WIDTH + 1, height);
    case "unknown":
      return bar(x, height * 0.44, WIDTH, height * 0.12);
  }
}

/** A line through the values; gaps where there is none. Null when there is nothing to draw. */
export function sparkline(
  values: ReadonlyArray<number | null>,
  width: number,
  height: number,
): string | null {
  const known = values.filter((each) => each !== null);
  if (known.length < 2) return null;
  const low = Math.min(...known);
  // A flat line stays flat: differences below a quarter of the value are no mountains.
  const range = Math.max(Math.max(...known) - low, low * 0.25, 0.5);
  const step = width / (values.length - 1);
  let path = "";
  let pen = false;
  values.forEach((value, i) => {
    if (value === null) {
      pen = false;
      return;
    }
    const y = height - 1 - ((value - low) / range) * (height - 2);
    path += `${pen ? "L" : "M"}${round(i * step)} ${round(y)}`;
    pen = true;
  });
  return path;
}

const round = (value: number): number => Math.round(value * 10) / 10;
