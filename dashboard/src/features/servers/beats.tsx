import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { type KeyboardEvent, memo, type PointerEvent, useId, useState } from "react";
import { call } from "../../api/client";
import type { Server } from "../../api/schema";
import { t, tn, useLanguage } from "../../i18n";
import { useNow } from "../../lib/clock";
import { clockTime, latency } from "../../lib/format";
import { BEAT_STEP, type Beat, beatPaths } from "../../lib/shapes";
import { BEATS } from "../../live/reducer";
import { HealthIcon } from "../../ui/health";

const HEIGHT = 20;

const beatsOf = (server: Server, slots: number): Beat[] =>
  server.recent
    .slice(0, slots)
    .map(([health, ms]) => ({ health, ms }))
    .toReversed();

/** The last checks as bars: to hover, and to walk through with arrow keys. */
export const Beats = memo(function Beats({ server, slots = BEATS }: { server: Server; slots?: number }) {
  const [at, setAt] = useState<number | null>(null);
  const id = useId();
  const beats = beatsOf(server, slots);
  const first = slots - beats.length;
  const paths = beatPaths(beats, slots, HEIGHT);
  const failed = beats.filter((each) => each.health === "unhealthy").length;

  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const i = Math.floor(((event.clientX - box.left) / box.width) * slots) - first;
    setAt(i >= 0 && i < beats.length ? i : null);
  };
  const step = (event: KeyboardEvent) => {
    const now = at ?? beats.length - 1;
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: beats.length - 1 }[event.key];
    if (next === undefined || beats.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    setAt(Math.max(0, Math.min(beats.length - 1, next)));
  };

  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the bars are walked through with the arrow keys
      tabIndex={0}
      role="img"
      aria-label={`${tn("beats.summary", beats.length)}, ${tn("beats.failed", failed)}`}
      aria-describedby={at === null ? undefined : id}
      className="relative w-fit rounded"
      onPointerMove={point}
      onPointerLeave={() => setAt(null)}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && setAt(beats.length - 1)}
      onBlur={() => setAt(null)}
      onKeyDown={step}
    >
      <svg
        width={slots * BEAT_STEP}
        height={HEIGHT}
        viewBox={`0 0 ${slots * BEAT_STEP} ${HEIGHT}`}
        aria-hidden="true"
      >
        {first > 0 ? (
          <line
            x1="1"
            x2={first * BEAT_STEP - 1}
            y1={HEIGHT / 2}
            y2={HEIGHT / 2}
            className="stroke-line"
            strokeWidth="2"
            strokeDasharray="3 2"
          />
        ) : null}
        <path d={paths.healthy} className="fill-ok" opacity="0.85" />
        <path d={paths.degraded} className="fill-warn" />
        <path d={paths.unhealthy} className="fill-bad" />
        <path d={paths.unknown} className="fill-unknown" />
        {at !== null ? (
          <rect
            x={(first + at) * BEAT_STEP}
            y="0.5"
            width={BEAT_STEP}
            height={HEIGHT - 1}
            rx="1.5"
            fill="none"
            className="stroke-text"
          />
        ) : null}
      </svg>
      {at !== null && beats[at] ? (
        <BeatTip
          id={id}
          server={server}
          beat={beats[at]}
          back={beats.length - 1 - at}
          share={(first + at) / slots}
        />
      ) : null}
    </div>
  );
});

/** What one bar says; time, stage and cause come from the log, asked for when somebody looks. */
function BeatTip({
  id,
  server,
  beat,
  back,
  share,
}: {
  id: string;
  server: Server;
  beat: Beat;
  back: number;
  share: number;
}) {
  const language = useLanguage();
  const now = useNow();
  const logs = useQuery({
    queryKey: ["beats", server.name, server.last_health_check],
    queryFn: ({ signal }) =>
      call("listLogs", { path: { name: server.name }, query: { limit: BEATS }, signal }),
    staleTime: 60_000,
    gcTime: 60_000,
  });
  const row = logs.data?.logs[back];
  const known = row?.health_status === beat.health ? row : undefined;
  return (
    <div
      id={id}
      role="status"
      className={clsx(
        "float pointer-events-none absolute bottom-full z-30 mb-1.5 w-max max-w-72 animate-fade px-3 py-2 text-xs",
        share > 0.5 ? "right-0" : "left-0",
      )}
    >
      <div className="flex items-center gap-1.5 font-medium">
        <HealthIcon mood={beat.health} size={13} />
        {t(`mood.${beat.health}`)}
        <span className="num font-normal text-muted">{latency(beat.ms, language)}</span>
      </div>
      <div className="num mt-0.5 text-muted">
        {known
          ? clockTime(known.checked_at, now, language)
          : back === 0
            ? t("beats.newest")
            : tn("beats.back", back)}
        {known && known.verdict !== known.health_status
          ? ` · ${t("beats.alone", { health: t(`mood.${known.verdict}`) })}`
          : ""}
      </div>
      {known?.reason ? (
        <div className="mt-1 text-wrap break-words text-text">
          {known.reason.stage ? (
            <span className="text-muted">{t(`stage.${known.reason.stage}`)}: </span>
          ) : null}
          {known.reason.message}
        </div>
      ) : null}
    </div>
  );
}
