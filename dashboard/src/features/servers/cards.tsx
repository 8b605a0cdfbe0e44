import clsx from "clsx";
import { memo, useRef } from "react";
import type { Server } from "../../api/schema";
import { t, useLanguage } from "../../i18n";
import { latency, percent } from "../../lib/format";
import { useStore } from "../../lib/store";
import { checks } from "../../live/commands";
import { moodOf } from "../../live/fleet";
import { HealthIcon } from "../../ui/health";
import { Ago } from "../../ui/time";
import { useWindowed } from "../../ui/windowed";
import { Beats } from "./beats";
import { CheckOutcome, Subtitle } from "./cells";
import type { UptimeWindow } from "./filter";
import { NameLink, ReloadButton, RowMenu } from "./row-actions";

const HEIGHT = 96;
const BEATS_SHOWN = 24;

/** The list on a phone: a card of two lines and a strip for each server. */
export function ServerCards({ servers, window }: { servers: readonly Server[]; window: UptimeWindow }) {
  const list = useRef<HTMLUListElement>(null);
  const { start, end } = useWindowed(list, servers.length, HEIGHT);
  return (
    <ul
      ref={list}
      aria-label={t("servers.title")}
      className="card stale-able"
      style={{ paddingTop: start * HEIGHT, paddingBottom: (servers.length - end) * HEIGHT }}
    >
      {servers.slice(start, end).map((server, i) => (
        <Card key={server.name} server={server} window={window} first={start + i === 0} />
      ))}
    </ul>
  );
}

const Card = memo(function Card({
  server,
  window,
  first,
}: {
  server: Server;
  window: UptimeWindow;
  first: boolean;
}) {
  const language = useLanguage();
  const check = useStore(checks, (all) => all[server.name]);
  const mood = moodOf(server);
  return (
    <li
      data-row={server.name}
      className={clsx("flex h-24 flex-col justify-center gap-1.5 px-3.5", !first && "border-t border-line")}
    >
      <div className="flex items-center gap-2.5">
        <HealthIcon mood={mood} size={20} label />
        <div className="min-w-0 flex-1">
          <NameLink server={server} className="block truncate font-semibold" />
          <div className="truncate text-xs">
            <Subtitle server={server} />
          </div>
        </div>
        <div className="flex items-center">
          <ReloadButton server={server} />
          <RowMenu server={server} />
        </div>
      </div>
      <div className="flex items-center justify-between gap-3 pl-7.5 text-xs text-muted">
        <Beats server={server} slots={BEATS_SHOWN} />
        {check ? (
          <CheckOutcome check={check} />
        ) : (
          <span className="num flex min-w-0 gap-2.5 truncate">
            {server.response_time_ms === null ? null : (
              <span>{latency(server.response_time_ms, language)}</span>
            )}
            {server.uptime[window] == null ? null : (
              <span>{percent(server.uptime[window] ?? null, language)}</span>
            )}
            {server.last_health_check ? <Ago at={server.last_health_check} className="text-faint" /> : null}
          </span>
        )}
      </div>
    </li>
  );
});
