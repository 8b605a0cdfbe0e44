import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { Plus, TriangleAlert } from "lucide-react";
import type { Server } from "../../api/schema";
import { t, tn, useLanguage } from "../../i18n";
import { number } from "../../lib/format";
import { MOODS, type Mood, moodOf, useFreshness, useSummary } from "../../live/fleet";
import { HealthIcon, MOOD_TEXT } from "../../ui/health";
import { Lasting } from "../../ui/time";
import { moodsOf } from "./filter";
import { RefreshButton } from "./refresh-button";

/** The fleet in one sentence. */
export function Sentence({ servers, counts }: { servers: readonly Server[]; counts: Record<Mood, number> }) {
  const watched = servers.length - counts.inactive;
  const parts = (["unhealthy", "given_up", "degraded", "unknown"] as const)
    .filter((mood) => counts[mood] > 0)
    .map((mood) => tn(`sentence.${mood}`, counts[mood]));
  if (watched === 0 && parts.length === 0) return <>{t("sentence.none")}</>;
  if (parts.length === 0) return <>{tn("sentence.fine", watched)}</>;
  const oldest = servers
    .filter((each) => moodOf(each) === "unhealthy")
    .sort((a, b) => a.health_since.localeCompare(b.health_since))[0];
  return (
    <>
      {parts.join(", ")}.{" "}
      {oldest ? (
        <span className="font-normal text-muted max-sm:block max-sm:text-sm">
          {t("sentence.oldest")}{" "}
          <Link
            to="/servers/$name"
            params={{ name: oldest.name }}
            className="text-text underline decoration-line-strong underline-offset-2 hover:decoration-current"
          >
            {oldest.name}
          </Link>
          ,{" "}
          <span className="num">
            <Lasting since={oldest.health_since} />
          </span>
        </span>
      ) : null}
    </>
  );
}

export function Head({ servers, counts }: { servers: readonly Server[]; counts: Record<Mood, number> }) {
  return (
    <header className="flex items-start justify-between gap-4">
      <h1 className="stale-able text-xl leading-8 font-semibold tracking-tight text-balance">
        <Sentence servers={servers} counts={counts} />
      </h1>
      <div className="flex shrink-0 gap-2">
        <RefreshButton total={servers.length - counts.inactive - counts.given_up} />
        <Link
          to="/add"
          className="inline-flex h-8.5 items-center gap-1.5 rounded-lg bg-accent px-3.5 text-sm font-medium text-on-accent hover:brightness-110 max-sm:hidden"
        >
          <Plus size={16} aria-hidden="true" />
          {t("action.add")}
        </Link>
      </div>
    </header>
  );
}

/** Says so when the monitor itself is not well. */
export function MonitorBanner() {
  const { data } = useSummary();
  const { fresh } = useFreshness();
  if (!data || data.live || !fresh) return null;
  return (
    <p
      role="status"
      className="flex items-center gap-2.5 rounded-lg border border-warn bg-warn-soft px-3.5 py-2 text-sm text-warn-text"
    >
      <TriangleAlert size={16} className="shrink-0" aria-hidden="true" />
      <span>
        <strong className="font-semibold">{t("monitor.state", { state: data.state })}</strong> {data.message}
      </span>
    </p>
  );
}

const ALWAYS: readonly Mood[] = ["unhealthy", "degraded", "unknown", "healthy"];

/** How many there are of each health; pressing one filters. */
export function HealthTiles({
  counts,
  chosen,
  onToggle,
}: {
  counts: Record<Mood, number>;
  chosen: string | undefined;
  onToggle: (mood: Mood) => void;
}) {
  const language = useLanguage();
  const pressed = moodsOf(chosen);
  const shown = MOODS.filter((mood) => ALWAYS.includes(mood) || counts[mood] > 0 || pressed.includes(mood));
  return (
    <fieldset
      className="stale-able grid grid-cols-4 gap-2 sm:flex sm:flex-wrap"
      aria-label={t("filter.by_health")}
    >
      {shown.map((mood) => (
        <button
          key={mood}
          type="button"
          aria-pressed={pressed.includes(mood)}
          onClick={() => onToggle(mood)}
          className={clsx(
            "card flex flex-col gap-0.5 px-2.5 py-2 text-left transition-colors hover:border-line-strong sm:min-w-31 sm:px-3.5",
            pressed.includes(mood) && "border-accent! bg-accent-soft",
          )}
        >
          <span className="flex items-center gap-2">
            <span className={counts[mood] > 0 ? "" : "opacity-40"}>
              <HealthIcon mood={mood} />
            </span>
            <span
              className={clsx(
                "num text-lg leading-6 font-semibold",
                counts[mood] > 0 ? MOOD_TEXT[mood] : "text-faint",
              )}
            >
              {number(counts[mood], language)}
            </span>
          </span>
          <span className="truncate text-xs text-muted max-sm:text-2xs">{t(`mood.${mood}`)}</span>
        </button>
      ))}
    </fieldset>
  );
}
