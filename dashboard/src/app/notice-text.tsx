import { t, tn } from "../i18n";
import type { FleetEvent } from "../live/events";
import type { Mood } from "../live/fleet";
import type { Notice, NoticeLink } from "../live/notices";

export interface NoticeWords {
  title: string;
  detail: string;
  link: NoticeLink | null;
  mood: Mood | "info";
}

/** What a toast says. */
export function words(notice: Notice): NoticeWords {
  if (notice.text) {
    const { title, detail, tone, link } = notice.text;
    const mood = ({ good: "healthy", bad: "unhealthy", info: "info" } as const)[tone];
    return { title, detail: detail ?? "", link: link ?? null, mood };
  }
  const last = notice.events.at(-1);
  if (!last) return { title: "", detail: "", link: null, mood: "info" };
  return notice.events.length === 1 ? single(last) : several(notice);
}

function single(event: FleetEvent): NoticeWords {
  const link = event.mcp_name
    ? { label: t("toast.show"), to: `/servers/${encodeURIComponent(event.mcp_name)}` }
    : null;
  switch (event.type) {
    case "mcp_status_change":
      return {
        title: `${event.mcp_name}: ${t(`mood.${event.old_status}`)} → ${t(`mood.${event.new_status}`)}`,
        detail: event.reason ?? "",
        link,
        mood: event.new_status,
      };
    case "mcp_auto_disabled":
      return {
        title: t("toast.given_up", { name: event.mcp_name }),
        detail: event.reason,
        link,
        mood: "unhealthy",
      };
    case "mcp_auto_enabled":
      return {
        title: t("toast.back", { name: event.mcp_name }),
        detail: event.reason,
        link,
        mood: "healthy",
      };
    case "mcp_capabilities_changed":
      return {
        title: t("toast.tools", { name: event.mcp_name }),
        detail: changes(event),
        link,
        mood: "info",
      };
    case "monitor_state":
      return {
        title: event.state === "live" ? t("toast.monitor_well") : t("monitor.state", { state: event.state }),
        detail: event.message,
        link: null,
        mood: event.state === "live" ? "healthy" : "degraded",
      };
    case "mcp_health_check":
    case "circuit_breaker_state":
    case "mcp_config_change":
      return { title: event.mcp_name ?? "", detail: "", link, mood: "info" };
  }
}

/** Names that came, went and changed: +a −b ~c. */
export function changes(event: Extract<FleetEvent, { type: "mcp_capabilities_changed" }>): string {
  const names = (sign: string, lists: typeof event.added) =>
    Object.values(lists)
      .flat()
      .map((name) => `${sign}${name}`);
  const all = [...names("+", event.added), ...names("−", event.removed), ...names("~", event.changed)];
  const shown = all.slice(0, 6).join(" ");
  return all.length > 6 ? `${shown} …` : shown;
}

function several(notice: Notice): NoticeWords {
  const n = notice.events.length;
  const detail = notice.events
    .slice(-4)
    .map((each) => each.mcp_name)
    .join(", ");
  const more = n > 4 ? `${detail} …` : detail;
  const filtered = (health: string) => ({ label: t("toast.show"), to: "/", search: { health } });
  switch (notice.kind) {
    case "down":
      return { title: tn("toast.downs", n), detail: more, link: filtered("unhealthy"), mood: "unhealthy" };
    case "degraded":
      return { title: tn("toast.degradeds", n), detail: more, link: filtered("degraded"), mood: "degraded" };
    case "recovered":
      return { title: tn("toast.recovereds", n), detail: more, link: filtered("healthy"), mood: "healthy" };
    case "given_up":
      return { title: tn("toast.given_ups", n), detail: more, link: filtered("given_up"), mood: "unhealthy" };
    case "back":
      return { title: tn("toast.backs", n), detail: more, link: filtered("healthy"), mood: "healthy" };
    case "tools":
    case "monitor":
    case "text":
      return {
        title: tn("toast.toolses", n),
        detail: more,
        link: { label: t("toast.show"), to: "/journal" },
        mood: "info",
      };
  }
}
