import clsx from "clsx";
import { type KeyboardEvent, type PointerEvent, useId, useMemo, useRef, useState } from "react";
import type { SpanState } from "../../api/schema";
import { lengthText, t, useLanguage } from "../../i18n";
import { clockTime, hourText, percent } from "../../lib/format";
import { useWidth } from "../../ui/windowed";
import type { TimeRange } from "./range";
import { axisTicks, type Piece, type Segment, segmentsOf } from "./strip";
import { w, wn } from "./words";

const CELL = 4;
const HEIGHT = 34;

/** Each state has a form of its own, so that colour is not needed: how high it reaches, and from where. */
const LOOK: Record<SpanState, { y: number; height: number; fill: string; dashed?: boolean }> = {
  healthy: { y: 9, height: 16, fill: "fill-ok" },
  degraded: { y: 4, height: 26, fill: "fill-warn", dashed: true },
  unhealthy: { y: 0, height: HEIGHT, fill: "fill-bad" },
  blind: { y: 14, height: 6, fill: "fill-unknown", dashed: true },
  unknown: { y: 14, height: 6, fill: "fill-unknown" },
  maintenance: { y: 11, height: 12, fill: "fill-accent", dashed: true },
  inactive: { y: 15.5, height: 3, fill: "fill-unknown" },
};

const GAP = 6;

/** Bars of a broken form are cut by gaps of one size, whatever their length. */
function shape(segment: Segment, width: number): string {
  if (!segment.state) return "";
  const look = LOOK[segment.state];
  const x = segment.x * width;
  const length = Math.max(1.5, segment.width * width - (segment.width * width > 8 ? 1 : 0.5));
  if (!look.dashed) return bar(x, look.y, length, look.height);
  // Two halves, one above the other; long ones are hatched.
  const half = (look.height - 3) / 2;
  let path = "";
  for (let at = 0; at < length; at += GAP) {
    const part = Math.min(GAP - 1.5, length - at);
    path += bar(x + at, look.y, part, half) + bar(x + at, look.y + half + 3, part, half);
  }
  return path;
}

const bar = (x: number, y: number, width: number, height: number): string =>
  `M${round(x)} ${y}h${round(width)}v${height}h${-round(width)}z`;
const round = (value: number): number => Math.round(value * 10) / 10;

export const stateText = (state: SpanState | null): string => w(`state.${state ?? "none"}`);

/** The time of a range as one strip: hover it, or walk through it with the arrow keys. */
export function Availability({
  pieces,
  range,
  uptime,
}: {
  pieces: readonly Piece[];
  range: TimeRange;
  uptime: number | null;
}) {
  const language = useLanguage();
  const ref = useRef<HTMLDivElement>(null);
  const width = useWidth(ref);
  const id = useId();
  const cells = Math.max(20, Math.floor(width / CELL));
  const segments = useMemo(
    () => segmentsOf(pieces, range.from, range.to, cells),
    [pieces, range.from, range.to, cells],
  );
  // A moment, not a number: the strip moves on under it.
  const [moment, setMoment] = useState<number | null>(null);
  const at = moment === null ? -1 : segments.findIndex((each) => moment >= each.from && moment < each.to);
  const chosen = segments[at];

  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setMoment(range.from + ((event.clientX - box.left) / box.width) * (range.to - range.from));
  };
  const go = (index: number) => {
    const segment = segments[Math.max(0, Math.min(segments.length - 1, index))];
    if (segment) setMoment((segment.from + segment.to) / 2);
  };
  const step = (event: KeyboardEvent) => {
    const now = at < 0 ? segments.length : at;
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: segments.length - 1 }[event.key];
    if (event.key === "Escape") setMoment(null);
    if (next === undefined) return;
    event.preventDefault();
    go(next);
  };
  const paths = new Map<SpanState, string>();
  for (const each of segments)
    if (each.state) paths.set(each.state, (paths.get(each.state) ?? "") + shape(each, width));

  return (
    // biome-ignore lint/a11y/useSemanticElements: it groups no fields of a form
    <div
      ref={ref}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the strip is walked through with the arrow keys
      tabIndex={0}
      role="group"
      aria-roledescription={w("strip.title")}
      aria-label={w("strip.label", { n: segments.length, uptime: percent(uptime, language) })}
      className="relative rounded"
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setMoment(null)}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && go(segments.length - 1)}
      onBlur={() => setMoment(null)}
      onKeyDown={step}
    >
      <svg width="100%" height={HEIGHT} aria-hidden="true" className="block overflow-visible">
        <line
          x1="0"
          x2="100%"
          y1={HEIGHT / 2}
          y2={HEIGHT / 2}
          className="stroke-line-strong"
          strokeDasharray="2 4"
        />
        {[...paths].map(([state, path]) => (
          <path key={state} d={path} className={LOOK[state].fill} opacity={state === "healthy" ? 0.85 : 1} />
        ))}
        {chosen ? (
          <rect
            x={chosen.x * width - 0.5}
            y="-3"
            width={Math.max(3, chosen.width * width)}
            height={HEIGHT + 6}
            rx="3"
            fill="none"
            className="stroke-text"
          />
        ) : null}
      </svg>
      <Axis range={range} width={width} />
      <div aria-live="polite" className="contents">
        {chosen ? <Told id={id} segment={chosen} range={range} /> : null}
      </div>
    </div>
  );
}

function Told({ id, segment, range }: { id: string; segment: Segment; range: TimeRange }) {
  const language = useLanguage();
  const middle = segment.x + segment.width / 2;
  const times = (Object.entries(segment.times) as Array<[SpanState, number]>).sort((a, b) => b[1] - a[1]);
  const still = range.preset !== null && range.to - segment.to < 1_000;
  return (
    <div
      id={id}
      className={clsx(
        "float pointer-events-none absolute bottom-full z-30 mb-2 w-max max-w-72 animate-fade px-3 py-2 text-xs",
        middle > 0.66 && "right-0",
        middle < 0.33 && "left-0",
        middle >= 0.33 && middle <= 0.66 && "left-1/2 -translate-x-1/2",
      )}
    >
      <div className="font-medium">{stateText(segment.state)}</div>
      <div className="num text-muted">
        {clockTime(segment.from, range.to, language)} –{" "}
        {still ? w("strip.until_now") : clockTime(segment.to, range.to, language)}
      </div>
      {times.length > 1 || segment.pieces > 1 ? (
        <ul className="num mt-1">
          {times.map(([state, ms]) => (
            <li key={state}>{w("strip.of", { time: lengthText(ms), state: stateText(state) })}</li>
          ))}
          {segment.pieces > 2 ? <li className="text-muted">{wn("strip.changes", segment.pieces)}</li> : null}
        </ul>
      ) : (
        <div className="num text-muted">{lengthText(segment.to - segment.from)}</div>
      )}
      {segment.reason ? (
        <div className="mt-1 text-wrap break-words">
          {segment.reason.stage ? (
            <span className="text-muted">{t(`stage.${segment.reason.stage}`)}: </span>
          ) : null}
          {segment.reason.message}
        </div>
      ) : null}
    </div>
  );
}

/** A tick as a time of day, or as a day where the range is long. */
export function tickText(at: number, span: number, language: string): string {
  const date = new Date(at);
  const midnight = date.getHours() === 0 && date.getMinutes() === 0;
  if (span > 60 * 86_400_000) return date.toLocaleDateString(language, { month: "short", day: "numeric" });
  if (span > 2 * 86_400_000 || midnight)
    return date.toLocaleDateString(language, { day: "numeric", month: "short" });
  return hourText(date, language);
}

const HALF_LABEL = 20;

function Axis({ range, width }: { range: TimeRange; width: number }) {
  const language = useLanguage();
  const span = range.to - range.from;
  const ticks = axisTicks(range.from, range.to, Math.max(3, Math.floor(width / 90)));
  return (
    <div aria-hidden="true" className="num relative mt-1.5 h-4 overflow-hidden text-2xs text-faint">
      {ticks.map((at) => {
        const share = (at - range.from) / span;
        // A label that would be cut says nothing.
        if (Math.min(share, 1 - share) * width < HALF_LABEL) return null;
        return (
          <span key={at} className="absolute -translate-x-1/2" style={{ left: `${share * 100}%` }}>
            {tickText(at, span, language)}
          </span>
        );
      })}
    </div>
  );
}
