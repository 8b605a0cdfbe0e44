import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { memo } from "react";
import type { Server } from "../../api/schema";
import { t, useLanguage } from "../../i18n";
import { latency } from "../../lib/format";
import { type Mood, moodOf } from "../../live/fleet";
import { HealthIcon, MOOD_TEXT } from "../../ui/health";
import { Lasting } from "../../ui/time";

const SOFT: Record<Mood, string> = {
  healthy: "border-line bg-surface",
  degraded: "border-warn bg-warn-soft",
  unhealthy: "border-bad bg-bad-soft",
  given_up: "border-bad border-dashed bg-bad-soft",
  unknown: "border-line border-dashed bg-surface",
  inactive: "border-line border-dotted bg-transparent",
  maintenance: "border-line bg-accent-soft",
};

/** The whole fleet as tiles: for a wall, and for seeing two hundred at once. */
export function ServerSquares({ servers }: { servers: readonly Server[] }) {
  return (
    <ul
      aria-label={t("servers.title")}
      className="stale-able grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-2"
    >
      {servers.map((server) => (
        <Square key={server.name} server={server} />
      ))}
    </ul>
  );
}

const Square = memo(function Square({ server }: { server: Server }) {
  const language = useLanguage();
  const mood = moodOf(server);
  const bad = mood === "unhealthy" || mood === "degraded";
  return (
    <li data-row={server.name} className="[contain-intrinsic-size:auto_4rem] [content-visibility:auto]">
      <Link
        to="/servers/$name"
        params={{ name: server.name }}
        data-row-link
        title={server.reason?.message ?? server.name}
        className={clsx(
          "flex h-16 flex-col justify-center gap-1 rounded-lg border px-3 transition-colors hover:border-line-strong",
          SOFT[mood],
        )}
      >
        <span className="flex items-center gap-2">
          <HealthIcon mood={mood} label />
          <span className="min-w-0 truncate text-sm font-semibold">{server.name}</span>
        </span>
        <span className={clsx("num truncate pl-6 text-xs", bad ? MOOD_TEXT[mood] : "text-muted")}>
          {mood === "unhealthy" ? (
            <Lasting since={server.health_since} rough />
          ) : (
            latency(server.response_time_ms, language)
          )}
        </span>
      </Link>
    </li>
  );
});
