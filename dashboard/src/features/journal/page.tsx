import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { memo, useEffect, useMemo, useRef } from "react";
import { call } from "../../api/client";
import type { EventList, EventType } from "../../api/schema";
import { t, useLanguage } from "../../i18n";
import { clockTime, moment } from "../../lib/format";
import type { FleetEvent } from "../../live/events";
import { JOURNAL_KEY } from "../../live/feed";
import { useFleet } from "../../live/fleet";
import { eventParts } from "../../parts/event-line";
import { Problem } from "../../ui/problem";
import { Ring } from "../../ui/ring";
import { byDay } from "./days";

const route = getRouteApi("/journal");
const PAGE = 100;

const TYPES = [
  "mcp_status_change",
  "mcp_auto_disabled",
  "mcp_auto_enabled",
  "circuit_breaker_state",
  "mcp_capabilities_changed",
  "mcp_config_change",
  "monitor_state",
] as const satisfies readonly EventType[];

interface Filter {
  type?: string;
  server?: string;
}

function useJournal(filter: Filter) {
  return useInfiniteQuery<EventList, Error, InfiniteData<EventList>, readonly unknown[], number | null>({
    queryKey: [...JOURNAL_KEY, filter],
    queryFn: ({ pageParam, signal }) =>
      call("listEvents", {
        query: {
          limit: PAGE,
          ...(pageParam === null ? {} : { before: pageParam }),
          ...(filter.type ? { type: filter.type as EventType } : {}),
          ...(filter.server ? { server: filter.server } : {}),
        },
        signal,
      }),
    initialPageParam: null,
    getNextPageParam: (last) => (last.older_before === null ? null : Number(last.older_before)),
    staleTime: 0,
  });
}

/** Everything that happened, newest first; what happens now comes on top by itself. */
export function JournalPage() {
  const filter = route.useSearch() as Filter;
  const navigate = route.useNavigate();
  const journal = useJournal(filter);
  const fleet = useFleet();
  const names = useMemo(() => Object.keys(fleet.data?.byName ?? {}).sort(), [fleet.data]);
  const events = useMemo(
    () => (journal.data?.pages ?? []).flatMap((each) => each.events as FleetEvent[]),
    [journal.data],
  );
  const change = (next: Filter) =>
    void navigate({ search: (now: Filter) => clean({ ...now, ...next }), replace: true, resetScroll: false });

  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-4">
      <header className="flex flex-wrap items-center gap-2">
        <h1 className="mr-auto max-sm:w-full text-xl leading-8 font-semibold tracking-tight">
          {t("nav.journal")}
        </h1>
        <Select
          label={t("journal.type")}
          value={filter.type ?? ""}
          options={TYPES.map((type) => [type, t(`type.${type}`)])}
          onChange={(type) => change({ type })}
        />
        <Select
          label={t("journal.server")}
          value={filter.server ?? ""}
          options={withChosen(names, filter.server).map((each) => [each, each])}
          onChange={(server) => change({ server })}
        />
      </header>
      {journal.isError && !journal.data ? (
        <Problem error={journal.error} onAgain={() => void journal.refetch()} />
      ) : null}
      {journal.isSuccess && events.length === 0 ? (
        <p className="card px-6 py-14 text-center text-muted">{t("journal.empty")}</p>
      ) : null}
      <Days events={events} />
      <More
        more={journal.hasNextPage}
        busy={journal.isFetchingNextPage || journal.isPending}
        onMore={() => void journal.fetchNextPage()}
      />
    </div>
  );
}

const clean = (filter: Filter): Filter => ({
  ...(filter.type ? { type: filter.type } : {}),
  ...(filter.server ? { server: filter.server } : {}),
});

const withChosen = (names: string[], chosen: string | undefined): string[] =>
  chosen && !names.includes(chosen) ? [chosen, ...names] : names;

function Select({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: Array<readonly [string, string]>;
  onChange: (value: string) => void;
}) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-8.5 min-w-0 max-sm:flex-1 sm:max-w-52 rounded-lg border border-line-strong bg-surface px-2.5 text-sm coarse:h-10"
    >
      <option value="">{label}</option>
      {options.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Days({ events }: { events: readonly FleetEvent[] }) {
  const language = useLanguage();
  return byDay(events).map(({ day, events: ofDay }) => (
    <section key={day} className="stale-able flex flex-col gap-2">
      <h2 className="sticky top-14 z-10 -mx-1 bg-bg px-1 py-1 text-sm font-medium text-muted">
        {new Date(`${day}T12:00:00`).toLocaleDateString(language, {
          weekday: "long",
          day: "numeric",
          month: "long",
        })}
      </h2>
      <ol className="card">
        {ofDay.map((event) => (
          <Line key={event.event_id} event={event} />
        ))}
      </ol>
    </section>
  ));
}

const Line = memo(function Line({ event }: { event: FleetEvent }) {
  const language = useLanguage();
  const { icon, text, detail } = eventParts(event);
  return (
    <li className="grid grid-cols-[1.25rem_1fr_auto] items-start gap-x-3 border-t border-line px-4 py-2.5 text-sm [contain-intrinsic-size:auto_2.75rem] [content-visibility:auto] first:border-t-0 md:grid-cols-[1.25rem_13rem_1fr_auto]">
      <span className="grid h-5 place-items-center">{icon}</span>
      <span className="min-w-0 truncate font-semibold">
        {event.mcp_name ? (
          <Link to="/servers/$name" params={{ name: event.mcp_name }} className="hover:underline">
            {event.mcp_name}
          </Link>
        ) : (
          t("journal.monitor")
        )}
      </span>
      <span className="min-w-0 break-words max-md:col-span-2 max-md:col-start-2 max-md:row-start-2">
        {text}
        {detail ? <span className="text-muted"> · {detail}</span> : null}
      </span>
      <time
        dateTime={event.timestamp}
        title={moment(event.timestamp, language)}
        className="num text-xs leading-5 text-faint max-md:col-start-3 max-md:row-start-1"
      >
        {clockTime(event.timestamp, Date.parse(event.timestamp), language)}
      </time>
    </li>
  );
});

/** Older ones come when the end of the list comes into view, or by the button. */
function More({ more, busy, onMore }: { more: boolean; busy: boolean; onMore: () => void }) {
  const end = useRef<HTMLButtonElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    const target = end.current;
    if (!target || !more || busy) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), {
      rootMargin: "400px",
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, [more, busy]);
  if (busy) {
    return (
      <p className="grid place-items-center py-4 text-accent" role="status" aria-label={t("loading")}>
        <Ring share={null} />
      </p>
    );
  }
  if (!more) return null;
  return (
    <button
      ref={end}
      type="button"
      onClick={onMore}
      className="py-3 text-sm font-medium text-accent hover:underline"
    >
      {t("journal.older")}
    </button>
  );
}
