import clsx from "clsx";
import { t } from "../i18n";
import type { Mood } from "../live/fleet";

export const MOOD_TEXT: Record<Mood, string> = {
  healthy: "text-ok-text",
  degraded: "text-warn-text",
  unhealthy: "text-bad-text",
  given_up: "text-bad-text",
  unknown: "text-muted",
  inactive: "text-faint",
  maintenance: "text-muted",
};

const FILL: Record<Mood, string> = {
  healthy: "text-ok",
  degraded: "text-warn",
  unhealthy: "text-bad",
  given_up: "text-bad",
  unknown: "text-unknown",
  inactive: "text-unknown",
  maintenance: "text-accent",
};

const MARK = "var(--surface)";

/** Health as a shape of its own, coloured: a disc, a triangle, an octagon, a dashed ring, bars, a diamond. */
export function HealthIcon({ mood, size = 16, label }: { mood: Mood; size?: number; label?: boolean }) {
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or hidden where words stand beside it
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      className={clsx("shrink-0", FILL[mood])}
      fill="currentColor"
      {...(label ? { role: "img", "aria-label": t(`mood.${mood}`) } : { "aria-hidden": true })}
    >
      <Shape mood={mood} />
    </svg>
  );
}

function Shape({ mood }: { mood: Mood }) {
  const mark = {
    stroke: MARK,
    strokeWidth: 1.7,
    strokeLinecap: "round",
    strokeLinejoin: "round",
    fill: "none",
  } as const;
  switch (mood) {
    case "healthy":
      return (
        <>
          <circle cx="8" cy="8" r="6.5" />
          <path d="m5.2 8.2 2 2 3.6-4.1" {...mark} />
        </>
      );
    case "degraded":
      return (
        <>
          <path d="M8 1.4c.5 0 .9.3 1.2.7l5.6 10.2c.5.9-.2 2-1.2 2H2.4c-1 0-1.7-1.1-1.2-2L6.8 2.1c.3-.4.7-.7 1.2-.7Z" />
          <path d="M8 5.8v3.4M8 11.7v.1" {...mark} />
        </>
      );
    case "unhealthy":
      return (
        <>
          <path d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2Z" />
          <path d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6" {...mark} />
        </>
      );
    case "given_up":
      return (
        <g fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round">
          <path d="M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4Z" />
          <path d="M6.4 6v4m3.2-4v4" />
        </g>
      );
    case "unknown":
      return (
        <g fill="none" stroke="currentColor" strokeWidth="1.6">
          <circle cx="8" cy="8" r="6" strokeDasharray="2.6 2.1" />
          <circle cx="8" cy="8" r="1" fill="currentColor" stroke="none" />
        </g>
      );
    case "inactive":
      return (
        <g fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round">
          <circle cx="8" cy="8" r="6.2" />
          <path d="M6.4 6v4m3.2-4v4" />
        </g>
      );
    case "maintenance":
      return (
        <>
          <path d="M8 1 15 8l-7 7-7-7Z" />
          <path d="M6 8h4" {...mark} />
        </>
      );
  }
}

export function HealthLabel({ mood }: { mood: Mood }) {
  return (
    <span className={clsx("inline-flex items-center gap-1.5 font-medium", MOOD_TEXT[mood])}>
      <HealthIcon mood={mood} />
      {t(`mood.${mood}`)}
    </span>
  );
}
