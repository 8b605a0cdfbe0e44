import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import clsx from "clsx";
import { useEffect, useState } from "react";
import type { Server } from "../../api/schema";
import { t, useLanguage } from "../../i18n";
import { percent } from "../../lib/format";
import { useStore } from "../../lib/store";
import { checkServer, leaving } from "../../live/commands";
import { useFleet, useFreshness } from "../../live/fleet";
import { useKeys } from "../../ui/keys";
import { Problem } from "../../ui/problem";
import { Ring } from "../../ui/ring";
import { Availability } from "./availability";
import { CapabilitiesTab } from "./capabilities";
import { ChangesTab } from "./changes";
import { CheckResult } from "./check-result";
import { ChecksCard } from "./checks-card";
import { EditTab } from "./edit-tab";
import { FactsCard } from "./facts-card";
import { Head, Verdict } from "./head";
import { LatencyCard } from "./latency-card";
import { useFacts, useHistory, usePast, useRange, useSample, useThrottled, useUptime } from "./queries";
import { type ServerSearch, TABS, type Tab } from "./range";
import { RangePicker } from "./range-picker";
import { WhyUptime } from "./why-uptime";
import { w } from "./words";

const route = getRouteApi("/servers/$name");

/** All about one server. */
export function ServerPage() {
  const { name } = route.useParams();
  const navigate = useNavigate();
  const fleet = useFleet();
  const server = useFollowed(name);
  useEffect(() => {
    if (server && server.name !== name)
      void navigate({ to: ".", params: { name: server.name }, search: true, replace: true } as never);
  }, [server, name, navigate]);
  if (fleet.isError && !fleet.data)
    return <Problem error={fleet.error} onAgain={() => void fleet.refetch()} />;
  if (fleet.data?.complete && !server)
    return (
      <Problem error={new Error(t("server.none", { name }))} onAgain={() => void navigate({ to: "/" })} />
    );
  if (!server)
    return (
      <p className="grid place-items-center py-24 text-accent" role="status" aria-label={t("loading")}>
        <Ring share={null} />
      </p>
    );
  // By its id: a server that gets another name keeps its page.
  return <OneServer key={server.id} server={server} />;
}

/** The server of that name; when it got another name while it was shown, it under its new one. */
function useFollowed(name: string): Server | undefined {
  const fleet = useFleet().data;
  const [shown, setShown] = useState<{ name: string; id: number }>();
  const named = fleet?.byName[name];
  if (named && (shown?.name !== name || shown.id !== named.id)) setShown({ name, id: named.id });
  if (named || shown?.name !== name) return named;
  return Object.values(fleet?.byName ?? {}).find((each) => each.id === shown.id);
}

function OneServer({ server }: { server: Server }) {
  const client = useQueryClient();
  const search = route.useSearch() as ServerSearch;
  const gone = useStore(leaving, (all) => all.has(server.name));
  const { fresh } = useFreshness();
  const tab: Tab = search.tab ?? "overview";
  useKeys({ r: () => fresh && server.status === "active" && void checkServer(client, server.name) });
  return (
    <div className={clsx("flex flex-col gap-4", gone && "opacity-50")}>
      <Head server={server} />
      <Verdict server={server} />
      <CheckResult server={server} />
      <Tabs server={server} tab={tab} search={search} />
      {tab === "overview" ? <Overview server={server} search={search} /> : null}
      {tab === "capabilities" ? <CapabilitiesTab server={server} /> : null}
      {tab === "changes" ? <ChangesTab server={server} /> : null}
      {tab === "settings" ? <EditTab server={server} /> : null}
    </div>
  );
}

function Tabs({ server, tab, search }: { server: Server; tab: Tab; search: ServerSearch }) {
  const { tab: _, ...rest } = search;
  return (
    <nav
      aria-label={w("tab.label")}
      className="-mx-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0"
    >
      <ul className="flex gap-1">
        {TABS.map((each) => (
          <li key={each}>
            <Link
              to="/servers/$name"
              params={{ name: server.name }}
              search={each === "overview" ? rest : { ...rest, tab: each }}
              aria-current={each === tab ? "page" : undefined}
              resetScroll={false}
              replace
              activeProps={{}}
              className={clsx(
                "-mb-px flex h-9.5 items-center gap-1.5 border-b-2 px-3 text-sm whitespace-nowrap",
                each === tab
                  ? "border-accent font-semibold"
                  : "border-transparent text-muted hover:text-text",
              )}
            >
              {w(`tab.${each}`)}
              {each === "capabilities" && server.tool_count !== null ? (
                <span className="num rounded-full bg-sunken px-1.5 text-2xs text-muted">
                  {server.tool_count + (server.prompt_count ?? 0) + (server.resource_count ?? 0)}
                </span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const RARELY_MS = 15_000;
const OFTEN_MS = 1_000;

function Overview({ server, search }: { server: Server; search: ServerSearch }) {
  const language = useLanguage();
  const range = useRange(search);
  const [why, setWhy] = useState(false);
  const last = server.last_health_check ?? "";
  // Checks and facts come with every look; the strip with every flip, and now and then; the chart now and then.
  const often = useThrottled(last, OFTEN_MS);
  const rarely = useThrottled(last, RARELY_MS);
  const flips = `${server.health_since}${server.maintenance}${server.status}`;
  const past = usePast(server.name, range, flips);
  const uptime = useUptime(server.name, range, flips + rarely);
  const history = useHistory(server.name, range, rarely);
  const sample = useSample(server.name, range, rarely);
  const facts = useFacts(server, often);
  const share = uptime.data?.uptime ?? null;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_19rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <section aria-labelledby="strip-title" className="card p-4">
          <header className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-2">
            <h2 id="strip-title" className="font-semibold">
              {w("strip.title")}
            </h2>
            <button
              type="button"
              aria-expanded={why}
              onClick={() => setWhy((now) => !now)}
              className={clsx(
                "mr-auto text-sm font-medium text-accent hover:underline",
                share === null && "invisible",
              )}
            >
              {w("uptime.why", { uptime: percent(share, language) })}
            </button>
            <RangePicker range={range} />
          </header>
          <div className="stale-able">
            <Availability pieces={past.data?.pieces ?? []} range={range} uptime={share} />
          </div>
          {why && uptime.data ? (
            <div className="stale-able mt-3 border-t border-line pt-3">
              <WhyUptime uptime={uptime.data} spans={past.data?.spans ?? []} range={range} />
            </div>
          ) : null}
        </section>
        <section aria-labelledby="latency-title" className="card p-4">
          <h2 id="latency-title" className="mb-2 font-semibold">
            {w("latency.title")}
          </h2>
          <div className="stale-able">
            {history.data ? (
              <LatencyCard
                points={history.data.points}
                step={history.data.step}
                sample={sample.data ?? []}
                range={range}
              />
            ) : (
              <div className="h-56" />
            )}
          </div>
        </section>
        <ChecksCard name={server.name} range={range} status={search.status} heard={often} />
      </div>
      <FactsCard server={facts} />
    </div>
  );
}
