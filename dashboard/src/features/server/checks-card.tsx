import { getRouteApi } from "@tanstack/react-router";
import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import { memo } from "react";
import type { LogRow, StageTime } from "../../api/schema";
import { t, useLanguage } from "../../i18n";
import { clockTime, latency, moment } from "../../lib/format";
import { Stages } from "../../parts/result";
import { HealthIcon, MOOD_TEXT } from "../../ui/health";
import { Ring } from "../../ui/ring";
import { useChecks } from "./queries";
import type { ServerSearch, TimeRange } from "./range";
import { w } from "./words";

const route = getRouteApi("/servers/$name");
const STATUSES = ["healthy", "degraded", "unhealthy", "unknown"] as const;

/** Every check of the range, newest first; each opens with all its stages. */
export function ChecksCard({
  name,
  range,
  status,
  heard,
}: {
  name: string;
  range: TimeRange;
  status: ServerSearch["status"];
  heard: string;
}) {
  const navigate = route.useNavigate();
  const checks = useChecks(name, range, status, heard);
  const rows = (checks.data?.pages ?? []).flatMap((page) => page.logs);
  return (
    <section aria-labelledby="checks-title" className="card">
      <header className="flex items-center gap-3 px-4 pt-3.5 pb-2.5">
        <h2 id="checks-title" className="mr-auto font-semibold">
          {w("checks.title")}
        </h2>
        <select
          aria-label={w("checks.filter")}
          value={status ?? ""}
          onChange={(event) => {
            const next = STATUSES.find((each) => each === event.target.value);
            void navigate({
              search: ({ status: _, ...rest }: ServerSearch) => (next ? { ...rest, status: next } : rest),
              replace: true,
              resetScroll: false,
            });
          }}
          className="h-8 rounded-lg border border-line-strong bg-surface px-2.5 text-sm coarse:h-10"
        >
          <option value="">{w("checks.any")}</option>
          {STATUSES.map((each) => (
            <option key={each} value={each}>
              {t(`mood.${each}`)}
            </option>
          ))}
        </select>
      </header>
      {checks.error ? <p className="px-4 pb-4 text-sm text-bad-text">{checks.error.message}</p> : null}
      {checks.isSuccess && rows.length === 0 ? (
        <p className="px-4 pt-4 pb-8 text-center text-sm text-muted">
          {status ? w("checks.none_status") : w("checks.none")}
        </p>
      ) : null}
      <ol className="stale-able">
        {rows.map((row) => (
          <Check key={row.checked_at} row={row} today={dayOf(range.to)} />
        ))}
      </ol>
      {checks.hasNextPage ? (
        <button
          type="button"
          onClick={() => void checks.fetchNextPage()}
          className="flex h-10 w-full items-center justify-center gap-2 border-t border-line text-sm font-medium text-accent hover:underline"
        >
          {checks.isFetchingNextPage ? <Ring share={null} /> : null}
          {w("checks.older")}
        </button>
      ) : null}
    </section>
  );
}

/** Changes once a day only, so that rows are not drawn again each second. */
const dayOf = (at: number): number => new Date(at).setHours(12, 0, 0, 0);

const CAUSES = [
  "scheduled",
  "confirm",
  "reload",
  "created",
  "edited",
  "enabled",
  "watch",
  "knock",
  "recovery",
] as const;

function causeText(cause: string): string {
  const known = CAUSES.find((each) => each === cause);
  return known ? w(`checks.cause.${known}`) : cause;
}

const Check = memo(function Check({ row, today }: { row: LogRow; today: number }) {
  const language = useLanguage();
  // What this check saw; a slow one passed, and is degraded by what is asked of the server.
  const slow = row.verdict === "healthy" && row.health_status === "degraded";
  const seen = slow ? row.health_status : row.verdict;
  const odd = seen !== row.health_status;
  return (
    <li className="border-t border-line [contain-intrinsic-size:auto_2.4rem] [content-visibility:auto]">
      <details className="group">
        <summary className="grid list-none grid-cols-[1rem_auto_minmax(0,1fr)_auto_1rem] items-center gap-x-3 px-4 py-2 text-sm hover:bg-hover sm:grid-cols-[1rem_6.5rem_minmax(0,1fr)_8rem_4.5rem_1rem] [&::-webkit-details-marker]:hidden">
          <HealthIcon mood={seen} size={14} label />
          <time
            dateTime={row.checked_at}
            title={moment(row.checked_at, language)}
            className="num whitespace-nowrap text-muted"
          >
            {clockTime(row.checked_at, today, language)}
          </time>
          <span className="min-w-0 truncate">
            {row.reason ? (
              <span className={MOOD_TEXT[seen]}>
                {row.reason.stage ? `${t(`stage.${row.reason.stage}`)}: ` : ""}
                {row.reason.message}
              </span>
            ) : (
              <span className="text-faint">{causeText(row.event_type)}</span>
            )}
          </span>
          <span className="max-sm:hidden">
            <MiniStages stages={row.stages} failed={row.reason?.stage ?? null} />
          </span>
          <span className="num text-right">{latency(row.response_time_ms, language)}</span>
          <ChevronRight
            size={14}
            aria-hidden="true"
            className="text-faint transition-transform group-open:rotate-90"
          />
        </summary>
        <div className="flex max-w-2xl flex-col gap-2 px-4 pt-1 pb-4 pl-11 text-sm max-sm:pl-4">
          {row.reason ? <p className="break-words">{row.reason.message}</p> : null}
          <p className="text-xs text-muted">
            {[
              moment(row.checked_at, language),
              causeText(row.event_type),
              odd ? w("checks.after", { health: t(`mood.${row.health_status}`) }) : "",
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
          <Stages stages={row.stages} failed={row.reason?.stage ?? null} />
        </div>
      </details>
    </li>
  );
});

function MiniStages({ stages, failed }: { stages: readonly StageTime[]; failed: string | null }) {
  const total = Math.max(
    1,
    stages.reduce((sum, each) => sum + each.us, 0),
  );
  let x = 0;
  return (
    <svg width="100%" height="6" aria-hidden="true" className="block">
      {stages.map((each, i) => {
        const begin = x;
        x += each.us / total;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: stages never move, and one may come twice
            key={i}
            x={`${begin * 100}%`}
            width={`${Math.max(1.5, (each.us / total) * 100 - 1)}%`}
            height="6"
            rx="1.5"
            className={clsx(each.stage === failed ? "fill-bad" : i % 2 ? "fill-line-strong" : "fill-unknown")}
          />
        );
      })}
    </svg>
  );
}
