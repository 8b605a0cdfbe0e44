import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { BASE } from "../../api/base";
import { call } from "../../api/client";
import { t, tn, useLanguage } from "../../i18n";
import { latency, number } from "../../lib/format";
import { useSummary } from "../../live/fleet";
import { HealthIcon } from "../../ui/health";
import { Lasting } from "../../ui/time";
import { w, wn } from "./about-words";
import { bytesText, readMetrics, type Sample, total } from "./metrics";

const EVERY_MS = 5_000;

async function metrics(signal: AbortSignal): Promise<Sample[]> {
  const response = await fetch(new URL("metrics", BASE), { signal, credentials: "same-origin" });
  if (!response.ok) throw new Error(w("about.no_answer"));
  return readMetrics(await response.text());
}

/** How the monitor itself does: what it does now, and whether it leaves anything behind. */
export function About() {
  const language = useLanguage();
  const summary = useSummary();
  const found = useQuery({
    queryKey: ["metrics"],
    queryFn: ({ signal }) => metrics(signal),
    refetchInterval: EVERY_MS,
  });
  const samples = found.data;
  if (!summary.data) return <div className="h-64" />;
  const { live, state, state_since, message, lateness_ms } = summary.data;
  const get = (name: string, labels?: Record<string, string>) => total(samples ?? [], name, labels) ?? 0;
  const n = (value: number) => number(value, language);
  const opened = get("pharos_sessions_opened_total");
  const ended = get("pharos_sessions_ended_total");
  const started = get("pharos_children_started_total");
  const reaped = get("pharos_children_reaped_total");
  const heap = get("jvm_memory_used_bytes", { area: "heap" });
  const most = (samples ?? [])
    .filter((each) => each.name === "jvm_memory_max_bytes" && each.labels.area === "heap" && each.value > 0)
    .reduce((sum, each) => sum + each.value, 0);
  const version = samples?.find((each) => each.name === "pharos_build")?.labels.version;
  return (
    <div className="stale-able mt-3 grid gap-x-8 sm:grid-cols-2">
      <Figure label={w("about.state")}>
        <span className="flex items-center gap-1.5">
          <HealthIcon mood={live ? "healthy" : "degraded"} size={15} />
          {stateText(state)}
        </span>
        <More>
          {message || null} {w("about.state_for")} <Lasting since={state_since} />
        </More>
      </Figure>
      <Figure label={w("about.lateness")}>
        {latency(lateness_ms, language)}
        <More>{w("about.lateness_text")}</More>
      </Figure>
      <Ready />
      <Nodes />
      {version ? <Figure label={w("about.version")}>{version}</Figure> : null}
      {found.error ? <p className="py-3 text-sm text-bad-text">{found.error.message}</p> : null}
      {samples ? (
        <>
          <Figure label={w("about.queues")}>
            {(["due", "in_flight", "knocks", "store", "capabilities"] as const).map((queue) => (
              <span key={queue} className="block">
                {w(`about.queue.${queue}`, { n: n(get("pharos_queue_depth", { queue })) })}
              </span>
            ))}
          </Figure>
          <Figure label={w("about.checks")}>
            {n(get("pharos_checks_total"))}
            <More>{wn("about.checks_failed", get("pharos_checks_total", { outcome: "failed" }))}</More>
          </Figure>
          <Figure label={w("about.sessions")}>
            {w("about.sessions_text", { opened: n(opened), ended: n(ended), now: n(opened - ended) })}
          </Figure>
          <Figure label={w("about.children")}>
            {w("about.children_text", { started: n(started), ended: n(reaped), now: n(started - reaped) })}
          </Figure>
          <Figure label={w("about.watches")}>
            {n(get("pharos_watches"))}
            <More>{w("about.watches_text")}</More>
          </Figure>
          <Figure label={w("about.clients")}>
            {w("about.clients_text", {
              sockets: n(get("pharos_push_clients", { transport: "websocket" })),
              streams: n(get("pharos_push_clients", { transport: "sse" })),
            })}
            <More>
              {w("about.clients_trouble", {
                dropped: n(get("pharos_push_dropped_total")),
                coalesced: n(get("pharos_push_coalesced_total")),
              })}
            </More>
          </Figure>
          <Figure label={w("about.database")}>
            {bytesText(get("pharos_store_size_bytes"), language)}
            <More>{w("about.database_text", { rows: n(get("pharos_store_rows_total")) })}</More>
          </Figure>
          {samples.some((each) => each.name === "pharos_redis_connected") ? (
            <Figure label="Redis">
              {get("pharos_redis_connected") === 1 ? w("about.redis_there") : w("about.redis_away")}
              <More>
                {w("about.redis_text", {
                  published: n(get("pharos_redis_published_total")),
                  lag: n(get("pharos_redis_lag")),
                })}
              </More>
            </Figure>
          ) : null}
          <Figure label={w("about.memory")}>
            {bytesText(heap, language)}
            <More>{w("about.memory_text", { max: bytesText(most, language) })}</More>
          </Figure>
        </>
      ) : null}
      <Figure label={t("nav.servers")}>{tn("filter.all", summary.data.total)}</Figure>
    </div>
  );
}

/** The processes that share the fleet; a single one says nothing. */
function Nodes() {
  const found = useQuery({
    queryKey: ["nodes"],
    queryFn: ({ signal }) => call("listNodes", { signal }),
    refetchInterval: EVERY_MS,
  });
  const nodes = found.data?.nodes ?? [];
  if (nodes.length < 2) return null;
  return (
    <Figure label={w("about.nodes")}>
      {nodes.map((each) => (
        <span key={each.id} className="flex items-center gap-1.5">
          <HealthIcon mood={each.live ? "healthy" : "unhealthy"} size={15} />
          <span className="truncate" title={each.id}>
            {each.name}
          </span>
          <span className="text-xs text-muted">
            {each.live
              ? tn("filter.all", each.server_count)
              : w("about.node_silent", { seconds: Math.round(each.seconds_since_seen).toString() })}
            {each.here ? ` · ${w("about.node_here")}` : null}
          </span>
        </span>
      ))}
    </Figure>
  );
}

function Ready() {
  const ready = useQuery({
    queryKey: ["ready"],
    queryFn: async ({ signal }) => {
      // A monitor that is not ready answers 503, with the same body.
      const response = await fetch(new URL("health/ready", BASE), { signal });
      return (await response.json()) as { status: string; checks: Record<string, string> };
    },
    refetchInterval: EVERY_MS,
  });
  if (!ready.data) return null;
  const wrong = Object.entries(ready.data.checks).filter(([, said]) => said !== "ok");
  const well = ready.data.status === "ready";
  return (
    <Figure label={well ? w("about.ready") : w("about.not_ready")}>
      <span className="flex items-center gap-1.5">
        <HealthIcon mood={well ? "healthy" : "unhealthy"} size={15} />
        {well ? w("about.ready_text") : wrong.map(([part, said]) => `${part}: ${said}`).join("; ")}
      </span>
    </Figure>
  );
}

function stateText(state: string): string {
  const known = (["live", "late", "blind", "store_failing", "redis_lost", "cut_off"] as const).find(
    (each) => each === state,
  );
  return known ? w(`about.state.${known}`) : state;
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <dl className="border-t border-line py-2.5">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="num">{children}</dd>
    </dl>
  );
}

function More({ children }: { children: ReactNode }) {
  return <span className="block text-xs text-muted">{children}</span>;
}
