import clsx from "clsx";
import { useState } from "react";
import type { Span, SpanState, Uptime } from "../../api/schema";
import { lengthText, t, useLanguage } from "../../i18n";
import { clockTime, percent } from "../../lib/format";
import type { Mood } from "../../live/fleet";
import { HealthIcon } from "../../ui/health";
import { stateText } from "./availability";
import type { TimeRange } from "./range";
import { type Counted, explain, whatCounted } from "./uptime";
import { w, wn } from "./words";

const FIRST = 20;

const seconds = (value: number): string => lengthText(Math.round(value) * 1_000);

const mood = (state: SpanState): Mood => (state === "blind" ? "unknown" : state);

/** The seconds behind an uptime: what was down, and what was left out. */
export function WhyUptime({
  uptime,
  spans,
  range,
}: {
  uptime: Uptime;
  spans: readonly Span[];
  range: TimeRange;
}) {
  const language = useLanguage();
  const [shown, setShown] = useState(FIRST);
  const told = explain(uptime);
  const counted = whatCounted(spans, Date.parse(uptime.from), Date.parse(uptime.to));
  const leftOut = told.leftOut.filter((each) => each.seconds >= 0.5);
  const outages = counted.filter((each) => each.effect === "down").length;
  return (
    <div className="flex flex-col gap-3 text-sm">
      <div className="flex flex-col gap-1">
        <p>
          {told.known === 0
            ? w("uptime.none")
            : told.down === 0
              ? w("uptime.all_up")
              : w("uptime.known", { known: seconds(told.known), down: seconds(told.down) })}{" "}
          {told.known > 0 && told.down > 0 ? (
            <span className="num text-muted">
              {seconds(told.up)} / {seconds(told.known)} = {percent(told.share, language)}
              {outages > 0 ? ` · ${wn("uptime.outages", outages)}` : ""}
            </span>
          ) : null}
        </p>
        {told.degraded >= 1 ? (
          <p className="text-muted">{w("uptime.degraded", { time: seconds(told.degraded) })}</p>
        ) : null}
        {leftOut.length > 0 ? (
          <p className="text-muted">
            {w("uptime.left_out")}{" "}
            {leftOut.map((each) => `${stateText(each.state)} ${seconds(each.seconds)}`).join(", ")}
          </p>
        ) : null}
        {told.unrecorded > 0 ? (
          <p className="text-muted">{w("uptime.unrecorded", { time: seconds(told.unrecorded) })}</p>
        ) : null}
      </div>
      {counted.length === 0 ? (
        <p className="text-muted">{w("uptime.no_spans")}</p>
      ) : (
        <ol aria-label={w("uptime.counted")} className="rounded-lg border border-line">
          {counted.slice(0, shown).map((each) => (
            <Line key={`${each.from}${each.state}`} counted={each} now={range.to} />
          ))}
        </ol>
      )}
      {counted.length > shown ? (
        <button
          type="button"
          onClick={() => setShown((now) => now + 100)}
          className="self-start text-sm font-medium text-accent hover:underline"
        >
          {w("uptime.more")}
        </button>
      ) : null}
    </div>
  );
}

function Line({ counted, now }: { counted: Counted; now: number }) {
  const language = useLanguage();
  return (
    <li className="grid grid-cols-[1rem_auto_1fr_auto] items-start gap-x-2.5 border-t border-line px-3 py-2 first:border-t-0 max-sm:grid-cols-[1rem_1fr_auto]">
      <span className="grid h-5 place-items-center">
        <HealthIcon mood={mood(counted.state)} size={14} />
      </span>
      <span className="num text-muted max-sm:col-start-2">
        {clockTime(counted.from, now, language)} –{" "}
        {counted.to === null ? w("uptime.still") : clockTime(counted.to, now, language)}
      </span>
      <span className="min-w-0 break-words max-sm:col-span-2 max-sm:col-start-2 max-sm:row-start-2">
        {stateText(counted.state)}
        {counted.reason ? (
          <span className="text-muted">
            {" · "}
            {counted.reason.stage ? `${t(`stage.${counted.reason.stage}`)}: ` : ""}
            {counted.reason.message}
          </span>
        ) : null}
      </span>
      <span
        className={clsx(
          "num text-right",
          counted.effect === "down" ? "font-medium text-bad-text" : "text-muted",
        )}
      >
        {counted.effect === "down" ? "−" : ""}
        {seconds(counted.seconds)}
      </span>
    </li>
  );
}
