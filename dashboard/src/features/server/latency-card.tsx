import { lazy, Suspense, useMemo } from "react";
import type { HistoryPoint, LogRow, StageTime } from "../../api/schema";
import { lengthText, t, useLanguage } from "../../i18n";
import { clockTime, latency } from "../../lib/format";
import { Ring } from "../../ui/ring";
import type { Line } from "./chart";
import { SLICE_CHECKS } from "./queries";
import type { TimeRange } from "./range";
import { stackStages } from "./stages";
import { w } from "./words";

const Chart = lazy(() => import("./chart"));

const STEPS = 60;
const SLICES = 8;

/** Colours of stages: tokens that differ in lightness, too; their order is that of the legend. */
const TOKEN: Record<StageTime["stage"], string> = {
  dns: "chart-1",
  connect: "chart-2",
  tls: "chart-3",
  http: "chart-4",
  auth: "chart-5",
  handshake: "chart-6",
  list: "chart-7",
  call: "chart-8",
};

const STEP_MS = { "5m": 300_000, "1h": 3_600_000, "1d": 86_400_000 } as const;

/** How long checks took: percentiles over time, and below, in which stage the time went. */
export function LatencyCard({
  points,
  step,
  sample,
  range,
}: {
  points: readonly HistoryPoint[];
  step: keyof typeof STEP_MS;
  sample: readonly LogRow[];
  range: TimeRange;
}) {
  const language = useLanguage();
  const size = STEP_MS[step];
  const percentiles = useMemo(() => percentileLines(points, size), [points, size]);
  const stacked = useMemo(
    () => stackStages(sample, range.from, range.to, STEPS),
    [sample, range.from, range.to],
  );
  const last = points.findLast((each) => each.p50_ms !== null);
  if (!last) return <p className="py-6 text-center text-sm text-muted">{w("latency.empty")}</p>;
  const when = (at: number) => clockTime(at, range.to, language);
  return (
    <div className="flex flex-col gap-4">
      <figure>
        <Suspense fallback={<Waiting height={200} />}>
          <Chart
            x={percentiles.x}
            lines={percentiles.lines}
            from={range.from}
            to={range.to}
            height={200}
            label={w("latency.label", {
              from: when(range.from),
              to: when(range.to),
              p50: latency(last.p50_ms, language),
              p95: latency(last.p95_ms, language),
              p99: latency(last.p99_ms, language),
            })}
          />
        </Suspense>
        <figcaption className="mt-1 text-xs text-faint">
          {w("latency.note", { step: lengthText(size) })}
        </figcaption>
      </figure>
      {stacked.stacks.length > 0 ? (
        <figure>
          <h3 className="mb-1 text-sm font-medium">{w("latency.stages")}</h3>
          <Suspense fallback={<Waiting height={160} />}>
            <Chart
              x={stacked.x}
              lines={stackLines(stacked)}
              from={range.from}
              to={range.to}
              height={160}
              label={w("latency.stages_label", {
                list: stacked.stacks.map((each) => t(`stage.${each.stage}`)).join(", "),
              })}
            />
          </Suspense>
          <figcaption className="mt-1 text-xs text-faint">
            {w("latency.stages_note", { n: SLICES * SLICE_CHECKS })}
          </figcaption>
        </figure>
      ) : null}
    </div>
  );
}

function Waiting({ height }: { height: number }) {
  return (
    <div className="grid place-items-center text-accent" style={{ height }}>
      <Ring share={null} />
    </div>
  );
}

/** Points stand in the middle of their step; a missing step is a gap. */
function percentileLines(points: readonly HistoryPoint[], size: number): { x: number[]; lines: Line[] } {
  const x: number[] = [];
  const values: Array<HistoryPoint | null> = [];
  let before: number | null = null;
  for (const point of points) {
    const begin = Date.parse(point.begin);
    if (before !== null && begin - before > size * 1.5) {
      x.push((before + size) / 1_000);
      values.push(null);
    }
    x.push((begin + size / 2) / 1_000);
    values.push(point);
    before = begin;
  }
  const line = (label: string, key: "p50_ms" | "p95_ms" | "p99_ms", rest: Partial<Line>): Line => ({
    label,
    token: "accent",
    values: values.map((each) => each?.[key] ?? null),
    ...rest,
  });
  return {
    x,
    lines: [
      line("p50", "p50_ms", { width: 2.5 }),
      line("p95", "p95_ms", { token: "chart-4", width: 1.75, dash: [6, 3] }),
      line("p99", "p99_ms", { token: "chart-6", width: 1.5, dash: [2, 3] }),
    ],
  };
}

/** The highest first, so that each lower one is painted over it. */
function stackLines({ stacks }: ReturnType<typeof stackStages>): Line[] {
  return stacks
    .map((each, i): Line => {
      const below = stacks[i - 1];
      return {
        label: t(`stage.${each.stage}`),
        token: TOKEN[each.stage],
        values: each.tops,
        width: 0.5,
        fill: true,
        told: each.tops.map((top, k) => (top === null ? null : top - (below?.tops[k] ?? 0))),
      };
    })
    .toReversed();
}
