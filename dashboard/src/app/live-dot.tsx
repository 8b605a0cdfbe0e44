import clsx from "clsx";
import { Unplug } from "lucide-react";
import { t, useLanguage } from "../i18n";
import { useNow } from "../lib/clock";
import { clockTime } from "../lib/format";
import { useStore } from "../lib/store";
import { amounts } from "../lib/time";
import { linkState } from "../live/feed";
import { useBehind, useSummary } from "../live/fleet";

/** Whether what is on screen is of now: live, polling, or coming back in some seconds. */
export function LiveDot() {
  const state = useStore(linkState);
  const summary = useSummary();
  const well = summary.data?.live !== false;
  switch (state.phase) {
    case "connecting":
      return <Dot tone="wait" text={t("live.connecting")} />;
    case "live":
      return well ? (
        <Dot tone="good" text={t("live.live")} />
      ) : (
        <Dot tone="warn" text={t("monitor.short", { state: summary.data?.state ?? "" })} />
      );
    case "polling":
      return <Dot tone="warn" text={t("live.polling")} title={t("live.polling_why")} />;
    case "reconnecting":
      return <Countdown retryAt={state.retryAt} />;
  }
}

function Countdown({ retryAt }: { retryAt: number }) {
  useNow();
  const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1_000));
  return <Dot tone="bad" text={seconds > 0 ? t("live.retry", { n: seconds }) : t("live.trying")} />;
}

const TONES = {
  good: "bg-ok",
  warn: "bg-warn rounded-[2px]!",
  bad: "border-2 border-bad bg-transparent",
  wait: "bg-unknown animate-pulse-soft",
} as const;

function Dot({ tone, text, title }: { tone: keyof typeof TONES; text: string; title?: string }) {
  return (
    <span
      title={title ?? text}
      className="num inline-flex h-8 items-center gap-2 px-1.5 text-xs whitespace-nowrap text-muted"
    >
      <span aria-hidden="true" className={clsx("size-2 rounded-full", TONES[tone])} />
      <span className="max-md:sr-only">{text}</span>
    </span>
  );
}

/** Says since when the screen is not of now, and why. */
export function StaleBar() {
  const state = useStore(linkState);
  const behind = useBehind();
  const language = useLanguage();
  if (state.phase === "reconnecting") {
    if (state.attempt < 2) return null;
    const time = clockTime(state.staleSince, Date.now(), language);
    return <Bar text={t("live.stale", { time })} since={state.staleSince} />;
  }
  return behind ? <Bar text={behind.why} since={behind.since} /> : null;
}

function Bar({ text, since }: { text: string; since: number }) {
  return (
    <div
      role="status"
      className="flex animate-fade items-center gap-2.5 border-b border-bad bg-bad-soft px-4 py-2 text-sm text-bad-text sm:px-6"
    >
      <Unplug size={15} className="shrink-0" aria-hidden="true" />
      <span className="num">
        {text} (<Since at={since} />)
      </span>
    </div>
  );
}

function Since({ at }: { at: number }) {
  useNow();
  // Not by the monitor's clock: this is about what this browser heard.
  const length = amounts(Date.now() - at);
  return <>{length.map(({ value, unit }) => t(`unit.${unit}`, { n: value })).join(" ")}</>;
}
