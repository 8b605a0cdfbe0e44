import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useLanguage } from "../../i18n";
import { latency, moment } from "../../lib/format";
import { useWidth } from "../../ui/windowed";
import { tickText } from "./availability";
import { w } from "./words";

export interface Line {
  label: string;
  /** A colour token, without its dashes. */
  token: string;
  values: Array<number | null>;
  width?: number;
  dash?: number[];
  /** Fills the area below. */
  fill?: boolean;
  /** What the legend says when that is not the value itself. */
  told?: Array<number | null>;
}

/** What a token is right now: canvases know nothing of variables. */
function colours(host: HTMLElement, tokens: readonly string[]): Map<string, string> {
  const probe = document.createElement("span");
  host.append(probe);
  const found = new Map<string, string>();
  for (const token of tokens) {
    probe.style.color = `var(--${token})`;
    found.set(token, getComputedStyle(probe).color);
  }
  probe.remove();
  return found;
}

/** A chart over time on a canvas; its library comes with it, so it is fetched only where it is shown. */
export default function Chart({
  x,
  lines,
  from,
  to,
  height,
  label,
}: {
  /** Seconds since 1970. */
  x: readonly number[];
  lines: readonly Line[];
  from: number;
  to: number;
  height: number;
  label: string;
}) {
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const language = useLanguage();
  const latest = useRef({ x, lines, from, to });
  latest.current = { x, lines, from, to };
  const plot = useRef<uPlot | null>(null);
  const shape = lines.map((each) => each.label).join("|");

  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines make it anew; data and size are set below
  useEffect(() => {
    const target = host.current;
    if (!target) return;
    const make = () => {
      plot.current?.destroy();
      plot.current = build(target, () => latest.current, height, language);
    };
    make();
    // Both ways a theme changes: by hand, and with the system.
    const media = matchMedia("(prefers-color-scheme: dark)");
    const observer = new MutationObserver(make);
    observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    media.addEventListener("change", make);
    return () => {
      observer.disconnect();
      media.removeEventListener("change", make);
      plot.current?.destroy();
      plot.current = null;
    };
  }, [shape, height, language]);

  useEffect(() => {
    plot.current?.setSize({ width, height });
  }, [width, height]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the range is heard too: the scales ask for it
  useEffect(() => {
    const chart = plot.current;
    if (!chart) return;
    chart.setData(dataOf({ x, lines }), true);
  }, [x, lines, from, to]);

  return <div ref={host} role="img" aria-label={label} className="chart min-w-0" />;
}

const dataOf = ({ x, lines }: Pick<Shown, "x" | "lines">): uPlot.AlignedData =>
  [[...x], ...lines.map((each) => each.values)] as uPlot.AlignedData;

interface Shown {
  x: readonly number[];
  lines: readonly Line[];
  from: number;
  to: number;
}

function build(target: HTMLElement, now: () => Shown, height: number, language: string): uPlot {
  const shown = now();
  const tokens = colours(target, ["faint", "line", "surface", ...shown.lines.map((each) => each.token)]);
  const colour = (token: string) => tokens.get(token) ?? "gray";
  const font = `11px ${getComputedStyle(target).fontFamily}`;
  const axis: uPlot.Axis = {
    stroke: colour("faint"),
    font,
    grid: { stroke: colour("line"), width: 1 },
    ticks: { show: false },
  };
  const span = shown.to - shown.from;
  return new uPlot(
    {
      width: target.clientWidth || 600,
      height,
      padding: [8, 22, 0, 0],
      cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
      legend: {
        live: true,
        markers: { width: 0, fill: (_, i) => colour(shown.lines[i - 1]?.token ?? "faint") },
      },
      scales: {
        x: { time: true, range: () => [now().from / 1_000, now().to / 1_000] },
        y: { range: (_, __, max) => [0, Math.max(1, (max ?? 1) * 1.12)] },
      },
      axes: [
        {
          ...axis,
          size: 28,
          values: (_, ticks) => ticks.map((each) => tickText(each * 1_000, span, language)),
          space: 80,
        },
        { ...axis, size: 62, values: (_, ticks) => ticks.map((each) => latency(each, language)) },
      ],
      series: [
        {
          label: w("latency.time"),
          value: (_, at) => (at === null ? "" : moment(at * 1_000, language)),
        },
        ...shown.lines.map(
          (line, i): uPlot.Series => ({
            label: line.label,
            stroke: colour(line.token),
            width: line.width ?? 1.5,
            ...(line.dash ? { dash: line.dash } : {}),
            ...(line.fill ? { fill: colour(line.token) } : {}),
            points: { size: 4, show: shown.x.length < 40 },
            value: (_, value, __, at) => {
              const told = at === null || at === undefined ? undefined : now().lines[i]?.told?.[at];
              return latency(told ?? value ?? null, language);
            },
          }),
        ),
      ],
    },
    dataOf(shown),
    target,
  );
}
