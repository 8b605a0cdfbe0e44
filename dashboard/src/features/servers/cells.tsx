import clsx from "clsx";
import { CircleCheck, CircleX, PencilLine } from "lucide-react";
import type { Server } from "../../api/schema";
import { t, useLanguage } from "../../i18n";
import { latency, number, percent, shortAddress } from "../../lib/format";
import { sparkline } from "../../lib/shapes";
import { useStore } from "../../lib/store";
import { type CheckState, checks } from "../../live/commands";
import { moodOf } from "../../live/fleet";
import { MOOD_TEXT } from "../../ui/health";
import { Ring } from "../../ui/ring";
import { Ago, Lasting, Until } from "../../ui/time";
import { placeOf, transportOf, type UptimeWindow } from "./filter";

const NONE = <span className="text-faint">–</span>;

/** The line under a name: what is wrong and since when, else where the server is. */
export function Subtitle({ server }: { server: Server }) {
  const mood = moodOf(server);
  if (mood === "inactive") return <span className="text-faint">{t("row.disabled")}</span>;
  if (mood === "given_up") {
    const reason = server.reason?.message ?? server.auto_disabled_reason ?? "";
    return (
      <span className="text-bad-text" title={server.auto_disabled_reason ?? undefined}>
        {t("row.given_up", { reason })}
      </span>
    );
  }
  if ((mood === "unhealthy" || mood === "degraded") && server.reason) {
    return (
      <span className={MOOD_TEXT[mood]} title={server.reason.message}>
        <span className="num">
          <Lasting since={server.health_since} rough />
        </span>
        {" · "}
        {server.reason.message}
      </span>
    );
  }
  if (mood === "unknown") return <span className="text-muted">{t("row.not_seen")}</span>;
  return <span className="text-faint">{shortAddress(placeOf(server))}</span>;
}

export function Tags({
  server,
  most = 2,
  onTag,
}: {
  server: Server;
  most?: number;
  onTag: (tag: string) => void;
}) {
  const shown = server.tags.slice(0, most);
  const more = server.tags.length - shown.length;
  return (
    <span className="flex min-w-0 shrink-[3] gap-1 overflow-hidden">
      {shown.map((tag) => (
        <button
          key={tag}
          type="button"
          onClick={() => onTag(tag)}
          title={t("filter.by_tag", { tag })}
          className="max-w-28 truncate rounded-full bg-sunken px-2 text-2xs text-muted hover:text-text"
        >
          {tag}
        </button>
      ))}
      {more > 0 ? (
        <span className="text-2xs text-faint" title={server.tags.slice(most).join(", ")}>
          +{more}
        </span>
      ) : null}
    </span>
  );
}

const TRANSPORT: Record<string, string> = {
  "streamable-http": "HTTP",
  sse: "HTTP+SSE",
  stdio: "stdio",
  auto: "HTTP",
  http: "HTTP",
};
export const transportName = (value: string): string => TRANSPORT[value] ?? value;

export function TransportCell({ server }: { server: Server }) {
  return (
    <span className="block truncate leading-tight">
      <span className={server.transport ? "text-text" : "text-faint"}>
        {transportName(transportOf(server))}
      </span>
      <span className="num block truncate text-2xs text-faint in-data-[density=compact]:hidden">
        {server.protocol_version ?? ""}
      </span>
    </span>
  );
}

export function LatencyCell({ server }: { server: Server }) {
  const language = useLanguage();
  const path = sparkline(server.recent.map(([, ms]) => ms).toReversed(), 44, 18);
  return (
    <span className="flex items-center justify-end gap-2">
      {path ? (
        <svg width="44" height="18" aria-hidden="true" className="text-faint">
          <path d={path} fill="none" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />
        </svg>
      ) : null}
      <span className={clsx("num w-16 text-right", moodOf(server) === "degraded" && "text-warn-text")}>
        {server.response_time_ms === null ? NONE : latency(server.response_time_ms, language)}
      </span>
    </span>
  );
}

export function UptimeCell({ server, window }: { server: Server; window: UptimeWindow }) {
  const language = useLanguage();
  const share = server.uptime[window] ?? null;
  if (share === null) return NONE;
  const tone = share >= 0.999 ? "text-text" : share >= 0.99 ? "text-warn-text" : "text-bad-text";
  return <span className={clsx("num", tone)}>{percent(share, language)}</span>;
}

export function ToolsCell({ server, changed }: { server: Server; changed: string | undefined }) {
  const language = useLanguage();
  if (server.tool_count === null) return NONE;
  return (
    <span className="num inline-flex items-center gap-1.5">
      {changed ? (
        <span className="inline-flex items-center text-accent" title={t("row.tools_changed")}>
          <PencilLine size={13} role="img" aria-label={t("row.tools_changed")} />
        </span>
      ) : null}
      {number(server.tool_count, language)}
    </span>
  );
}

/** When it was looked at; while a check that was asked for runs, how far that is, then what it found. */
export function LastCell({ server }: { server: Server }) {
  const check = useStore(checks, (all) => all[server.name]);
  if (check) return <CheckOutcome check={check} />;
  if (server.last_health_check === null) return NONE;
  return <Ago at={server.last_health_check} className="num text-muted" />;
}

export function CheckOutcome({ check }: { check: CheckState }) {
  const language = useLanguage();
  switch (check.state) {
    case "running":
      return (
        <span role="status" className="inline-flex items-center gap-1.5 text-xs text-accent">
          <Ring share={null} size={13} />
          {t("check.running")}
        </span>
      );
    case "failed":
      return (
        <span
          role="status"
          className="inline-flex items-center gap-1.5 text-xs text-bad-text"
          title={check.message}
        >
          <CircleX size={14} aria-hidden="true" />
          <span className="truncate">{t("check.not_made")}</span>
        </span>
      );
    case "done": {
      const { health_status, response_time_ms, reason } = check.result;
      const good = health_status === "healthy";
      return (
        <span
          role="status"
          title={reason?.message}
          className={clsx(
            "inline-flex max-w-full animate-fade items-center gap-1.5 text-xs",
            MOOD_TEXT[health_status],
          )}
        >
          {good ? <CircleCheck size={14} aria-hidden="true" /> : <CircleX size={14} aria-hidden="true" />}
          <span className="num truncate">
            {good || !reason
              ? latency(response_time_ms, language)
              : t("check.failed_at", { stage: stageName(reason.stage) })}
          </span>
        </span>
      );
    }
  }
}

const stageName = (stage: NonNullable<Server["reason"]>["stage"]): string =>
  stage ? t(`stage.${stage}`) : "";

export function NextCell({ server }: { server: Server }) {
  const running = useStore(checks, (all) => all[server.name]?.state === "running");
  if (running || server.status === "inactive" || server.next_check_at === null) return NONE;
  return <Until at={server.next_check_at} className="num text-muted" />;
}
