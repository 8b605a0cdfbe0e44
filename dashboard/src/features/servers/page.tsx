import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ArrowUpDown } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Server } from "../../api/schema";
import { t, tn } from "../../i18n";
import { useStore } from "../../lib/store";
import { checkServer, leaving, refreshAll } from "../../live/commands";
import { useFleet } from "../../live/fleet";
import { useKeys } from "../../ui/keys";
import { Problem } from "../../ui/problem";
import { useMedia } from "../../ui/windowed";
import { ServerCards } from "./cards";
import { Empty } from "./empty";
import {
  count,
  keepOrder,
  matches,
  type ServersSearch,
  type Sort,
  sortOf,
  sortServers,
  toggleMood,
} from "./filter";
import { Head, HealthTiles, MonitorBanner } from "./head";
import { told } from "./refresh-button";
import { ServerSquares } from "./squares";
import { ServersTable } from "./table";
import { Toolbar } from "./toolbar";

const route = getRouteApi("/");

const NO_SERVERS: readonly Server[] = [];

export function ServersPage() {
  const search = route.useSearch() as ServersSearch;
  const navigate = route.useNavigate();
  const fleet = useFleet();
  const gone = useStore(leaving);
  const byName = fleet.data?.byName;
  const servers = useMemo(
    () => (byName ? Object.values(byName).filter((each) => !gone.has(each.name)) : NO_SERVERS),
    [byName, gone],
  );
  const counts = useMemo(() => count(servers), [servers]);
  const change = useCallback(
    (changes: Partial<Record<keyof ServersSearch, string | undefined>>) =>
      void navigate({
        search: (now) => ({ ...now, ...changes }) as ServersSearch,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );

  if (fleet.isError && !fleet.data)
    return <Problem error={fleet.error} onAgain={() => void fleet.refetch()} />;
  if (!fleet.data) return <Loading />;
  if (servers.length === 0) return <Empty />;
  return (
    <div className="flex flex-col gap-4">
      {fleet.data.complete ? <Head servers={servers} counts={counts} /> : <HeadLoading />}
      <MonitorBanner />
      {fleet.data.complete ? (
        <HealthTiles
          counts={counts}
          chosen={search.health}
          onToggle={(mood) => change({ health: toggleMood(search.health, mood) })}
        />
      ) : (
        <TilesLoading />
      )}
      <List servers={servers} search={search} changedTools={fleet.data.changedTools} onChange={change} />
    </div>
  );
}

function List({
  servers,
  search,
  changedTools,
  onChange,
}: {
  servers: readonly Server[];
  search: ServersSearch;
  changedTools: Readonly<Record<string, string>>;
  onChange: (changes: Partial<Record<keyof ServersSearch, string | undefined>>) => void;
}) {
  const client = useQueryClient();
  const navigate = route.useNavigate();
  const narrow = useMedia("(width < 48rem)");
  const window = search.window ?? "24h";
  const sort = sortOf(search);
  const wanted = useMemo(
    () =>
      sortServers(
        servers.filter((each) => matches(each, search)),
        sort.by,
        sort.backwards,
        window,
      ),
    [servers, search, sort.by, sort.backwards, window],
  );
  const steady = useSteady(wanted, JSON.stringify(search));
  const [active, setActive] = useState<string | null>(null);
  const onTag = useCallback((tag: string) => onChange({ tag }), [onChange]);
  const onSort = useCallback((by: Sort) => onChange({ sort: nextSort(sort, by) }), [onChange, sort]);

  const move = (by: number) => {
    const at = steady.servers.findIndex((each) => each.name === active);
    const next = steady.servers[Math.max(0, Math.min(steady.servers.length - 1, at + by))];
    if (next) focusRow(next.name, steady.servers.indexOf(next));
    if (next) setActive(next.name);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    r: () => active && void checkServer(client, active),
    R: () => void refreshAll(client, told),
    Enter: () => active && void navigate({ to: "/servers/$name", params: { name: active } }),
  });

  return (
    <>
      <Toolbar
        search={search}
        servers={servers}
        shown={steady.servers.length}
        narrow={narrow}
        onChange={onChange}
      />
      {/* Rows stay where they are while somebody points at them. */}
      <div className="relative" {...steady.hold}>
        {steady.moved > 0 ? (
          <button
            type="button"
            onClick={steady.release}
            className="float absolute -top-9 left-1/2 z-30 inline-flex -translate-x-1/2 animate-rise items-center gap-1.5 rounded-full px-3 py-1.5 text-xs font-medium text-accent"
          >
            <ArrowUpDown size={13} aria-hidden="true" />
            {tn("list.moved", steady.moved)}
          </button>
        ) : null}
        {steady.servers.length === 0 ? (
          <NoMatch
            onClear={() =>
              onChange({ q: undefined, health: undefined, tag: undefined, transport: undefined })
            }
          />
        ) : narrow ? (
          <ServerCards servers={steady.servers} window={window} />
        ) : search.view === "tiles" ? (
          <ServerSquares servers={steady.servers} />
        ) : (
          <ServersTable
            servers={steady.servers}
            changedTools={changedTools}
            window={window}
            sort={sort}
            onSort={onSort}
            onTag={onTag}
            active={active}
            onActive={setActive}
          />
        )}
      </div>
    </>
  );
}

/** First press sorts, the second turns around, the third goes back to worst first. */
function nextSort(now: { by: Sort; backwards: boolean }, by: Sort): string | undefined {
  const big = by === "latency" || by === "tools" || by === "last";
  const first = big ? `-${by}` : by;
  const second = big ? by : `-${by}`;
  if (now.by !== by) return first;
  return now.backwards === big ? second : undefined;
}

function focusRow(name: string, index: number): void {
  const find = () => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(name)}"] [data-row-link]`);
  const row = find();
  if (row) {
    row.focus({ preventScroll: true });
    row.closest("[data-row]")?.scrollIntoView({ block: "nearest" });
    return;
  }
  // Not drawn yet: go near, and look again when it is.
  const some = document.querySelector<HTMLElement>("[data-row]");
  if (some) scrollTo({ top: some.offsetHeight * index, behavior: "instant" });
  requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()));
}

/** Keeps the order of rows while the pointer is on them, and tells how many would stand elsewhere. */
function useSteady(wanted: readonly Server[], filter: string) {
  const [held, setHeld] = useState(false);
  const order = useRef<{ filter: string; names: string[] }>({ filter: "", names: [] });
  const names = wanted.map((each) => each.name);
  const kept =
    held && order.current.filter === filter
      ? keepOrder(order.current.names, names)
      : { order: names, moved: 0 };
  useEffect(() => {
    order.current = { filter, names: kept.order };
  });
  const byName = new Map(wanted.map((each) => [each.name, each]));
  const mouse = (on: boolean) => (event: React.PointerEvent) => {
    if (event.pointerType === "mouse") setHeld(on);
  };
  return {
    servers: kept.moved === 0 ? wanted : kept.order.flatMap((name) => byName.get(name) ?? []),
    moved: kept.moved,
    release: () => {
      order.current = { filter: "", names: [] };
      setHeld(false);
    },
    hold: { onPointerEnter: mouse(true), onPointerLeave: mouse(false) },
  };
}

function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <div className="card flex flex-col items-center gap-3 px-6 py-14 text-center">
      <p className="text-muted">{t("filter.nothing")}</p>
      <button type="button" onClick={onClear} className="text-sm font-medium text-accent hover:underline">
        {t("filter.clear")}
      </button>
    </div>
  );
}

/** The shape of what is to come, so that nothing jumps. */
function Loading() {
  return (
    <div role="status" aria-busy="true" aria-label={t("loading")} className="flex flex-col gap-4">
      <HeadLoading />
      <TilesLoading />
      <div className="mt-10 h-96 animate-pulse-soft rounded-lg bg-sunken" />
    </div>
  );
}

const HeadLoading = () => <div className="h-8.5 w-72 animate-pulse-soft rounded-lg bg-sunken" />;

function TilesLoading() {
  return (
    <div className="grid grid-cols-4 gap-2 sm:flex">
      {[1, 2, 3, 4].map((each) => (
        <div key={each} className="h-15.5 animate-pulse-soft rounded-lg bg-sunken sm:w-31" />
      ))}
    </div>
  );
}
