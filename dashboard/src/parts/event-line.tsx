import { CircleDot, Lock, PencilLine, Radar, Settings2, Wrench } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "../i18n";
import type { FleetEvent, NamesByList } from "../live/events";
import { HealthIcon } from "../ui/health";

/** An event as an icon, a sentence and what there is to say beside it. */
export function eventParts(event: FleetEvent): { icon: ReactNode; text: string; detail: string } {
  switch (event.type) {
    case "mcp_status_change":
      return {
        icon: <HealthIcon mood={event.new_status} size={17} />,
        text: `${t(`mood.${event.old_status}`)} → ${t(`mood.${event.new_status}`)}`,
        detail: [event.stage ? t(`stage.${event.stage}`) : "", event.reason ?? ""].filter(Boolean).join(": "),
      };
    case "mcp_auto_disabled":
      return {
        icon: <HealthIcon mood="inactive" size={17} />,
        text: t("event.auto_disabled"),
        detail: event.reason,
      };
    case "mcp_auto_enabled":
      return {
        icon: <HealthIcon mood="healthy" size={17} />,
        text: t("event.auto_enabled"),
        detail: event.reason,
      };
    case "circuit_breaker_state":
      return {
        icon: <Lock size={16} className="text-muted" aria-hidden="true" />,
        text: t("event.circuit", {
          from: t(`circuit.${event.old_state}`),
          to: t(`circuit.${event.new_state}`),
        }),
        detail: event.message,
      };
    case "mcp_capabilities_changed":
      return {
        icon: <Wrench size={16} className="text-accent" aria-hidden="true" />,
        text: t("event.capabilities"),
        detail: [names("+", event.added), names("−", event.removed), names("~", event.changed)]
          .filter(Boolean)
          .join("  "),
      };
    case "mcp_config_change":
      return {
        icon: event.mcp_name ? (
          <PencilLine size={16} className="text-muted" aria-hidden="true" />
        ) : (
          <Settings2 size={16} className="text-muted" aria-hidden="true" />
        ),
        text: t("event.config", { change: t(`change.${event.change}`) }),
        detail: [
          event.fields.join(", "),
          event.actor && event.actor !== "anonymous" ? t("event.by", { actor: event.actor }) : "",
        ]
          .filter(Boolean)
          .join(" · "),
      };
    case "monitor_state":
      return {
        icon: (
          <Radar
            size={16}
            className={event.state === "live" ? "text-ok-text" : "text-warn-text"}
            aria-hidden="true"
          />
        ),
        text: t("monitor.state", { state: event.state }),
        detail: event.message,
      };
    case "mcp_health_check":
      return {
        icon: <CircleDot size={16} aria-hidden="true" />,
        text: t(`mood.${event.health_status}`),
        detail: event.error ?? "",
      };
  }
}

function names(sign: string, lists: NamesByList): string {
  return Object.values(lists)
    .flat()
    .map((name) => `${sign}${name}`)
    .join(" ");
}
