import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import {
  ArrowLeft,
  Construction,
  EllipsisVertical,
  Link2,
  Lock,
  Pause,
  Play,
  RotateCcw,
  RotateCw,
  Trash2,
} from "lucide-react";
import { useState } from "react";
import { ApiError, call } from "../../api/client";
import type { HealthCheckSettings, Server } from "../../api/schema";
import { lengthText, t } from "../../i18n";
import { useStore } from "../../lib/store";
import { checkServer, checks, deleteServer, say, setEnabled } from "../../live/commands";
import { own, takeServer } from "../../live/feed";
import { type Mood, moodOf, useFreshness } from "../../live/fleet";
import { Button } from "../../ui/button";
import { HealthIcon, MOOD_TEXT } from "../../ui/health";
import { Menu, MenuItem, MenuLine } from "../../ui/menu";
import { Ring } from "../../ui/ring";
import { Ago, Lasting, Until } from "../../ui/time";
import { nextWhy, rhythmOf } from "./next";
import { w, wn } from "./words";

const ECHO_MS = 4_000;

/** Name and what can be done. */
export function Head({ server }: { server: Server }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { fresh } = useFreshness();
  const running = useStore(checks, (all) => all[server.name]?.state === "running");
  const active = server.status === "active";
  const offline = fresh ? null : t("why.offline");
  const managed = server.managed_by ? t("why.managed", { file: server.managed_by }) : null;
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="mr-auto min-w-0">
        <Link
          to="/"
          className="mb-0.5 inline-flex items-center gap-1 text-xs text-muted hover:text-text hover:underline"
        >
          <ArrowLeft size={13} aria-hidden="true" />
          {w("back")}
        </Link>
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="text-xl leading-8 font-semibold tracking-tight break-all">{server.name}</h1>
          {server.tags.map((tag) => (
            <Link
              key={tag}
              to="/"
              search={{ tag } as never}
              title={t("filter.by_tag", { tag })}
              className="rounded-full bg-sunken px-2 py-0.5 text-2xs text-muted hover:text-text"
            >
              {tag}
            </Link>
          ))}
        </div>
      </div>
      <Button
        kind="primary"
        aria-busy={running}
        why={running ? t("why.running") : (offline ?? (active ? null : t("why.inactive")))}
        onClick={() => void checkServer(client, server.name)}
      >
        {running ? <Ring share={null} /> : <RotateCw size={15} aria-hidden="true" />}
        {t("action.check_now")}
      </Button>
      <MaintenanceButton server={server} why={offline} />
      <Button why={offline} onClick={() => void setEnabled(client, server.name, !active)}>
        {active ? <Pause size={15} aria-hidden="true" /> : <Play size={15} aria-hidden="true" />}
        {active ? t("action.disable") : t("action.enable")}
      </Button>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t("action.more_name", { name: server.name })}
            className="grid size-8.5 place-items-center rounded-lg text-muted hover:bg-hover hover:text-text data-[state=open]:bg-sunken coarse:size-10"
          >
            <EllipsisVertical size={16} />
          </button>
        }
      >
        <MenuItem
          icon={<Link2 size={15} />}
          onSelect={() => void navigator.clipboard?.writeText(location.href)}
        >
          {t("action.copy_link")}
        </MenuItem>
        <MenuLine />
        {managed ? (
          <MenuItem icon={<Trash2 size={15} />} onSelect={() => say({ title: managed, tone: "info" })}>
            <span className="text-faint">{managed}</span>
          </MenuItem>
        ) : (
          <MenuItem
            danger
            icon={<Trash2 size={15} />}
            onSelect={() => {
              deleteServer(client, server.name);
              void navigate({ to: "/" });
            }}
          >
            {t("action.delete")}
          </MenuItem>
        )}
      </Menu>
    </header>
  );
}

function MaintenanceButton({ server, why }: { server: Server; why: string | null }) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const change = async () => {
    setBusy(true);
    own.claim(server.name, Date.now() + ECHO_MS);
    try {
      const body = { maintenance: !server.maintenance };
      await takeServer(client, () => call("updateServer", { path: { name: server.name }, body }));
      await client.invalidateQueries({ queryKey: ["server", server.name] });
    } catch (e) {
      say({ title: server.name, detail: e instanceof ApiError ? e.message : String(e), tone: "bad" });
    }
    setBusy(false);
  };
  return (
    <Button why={why} aria-pressed={server.maintenance} aria-busy={busy} onClick={() => void change()}>
      <Construction size={15} aria-hidden="true" />
      <span className="max-sm:sr-only">
        {server.maintenance ? w("action.maintenance_off") : w("action.maintenance_on")}
      </span>
    </Button>
  );
}

const SOFT: Record<Mood, string> = {
  healthy: "bg-ok-soft",
  degraded: "bg-warn-soft",
  unhealthy: "bg-bad-soft",
  given_up: "bg-bad-soft",
  unknown: "bg-sunken",
  inactive: "bg-sunken",
  maintenance: "bg-accent-soft",
};

/** The cause in a sentence, since when; the last look and the next one, and why then. */
export function Verdict({ server }: { server: Server }) {
  const mood = moodOf(server);
  const cause =
    mood === "given_up"
      ? (server.auto_disabled_reason ?? server.reason?.message)
      : mood === "inactive"
        ? null
        : server.reason?.message;
  const since =
    mood === "given_up" && server.auto_disabled_at ? server.auto_disabled_at : server.health_since;
  return (
    <section className="card stale-able overflow-hidden">
      <div className={`flex items-start gap-3 px-4 py-3.5 ${SOFT[mood]}`}>
        <span className="grid h-6 place-items-center">
          <HealthIcon mood={mood} size={22} />
        </span>
        <div className="min-w-0 flex-1">
          <p className={`text-[1rem] leading-6 font-semibold ${MOOD_TEXT[mood]}`}>
            {w(`status.${mood}`, { name: server.name })}
          </p>
          {cause ? (
            <p className="break-words">
              {server.reason?.stage && mood !== "given_up" ? `${t(`stage.${server.reason.stage}`)}: ` : ""}
              {cause}
            </p>
          ) : null}
          {server.error_count > 0 && mood === "unhealthy" ? (
            <p className="num text-sm text-muted">{wn("head.error_count", server.error_count)}</p>
          ) : null}
        </div>
        {mood === "inactive" || mood === "maintenance" ? null : (
          <p className="num shrink-0 text-right text-sm leading-6 text-muted">
            {w("head.since")} <Lasting since={since} />
          </p>
        )}
      </div>
      <Rhythm server={server} />
    </section>
  );
}

function Rhythm({ server }: { server: Server }) {
  const settings = useQuery({
    queryKey: ["config", "health_check"],
    queryFn: ({ signal }) =>
      call("getConfig", { path: { key: "health_check" }, signal }) as Promise<HealthCheckSettings>,
    staleTime: 60_000,
  });
  const next = settings.data ? nextWhy(server, rhythmOf(settings.data, server.overrides)) : null;
  return (
    <dl className="grid gap-x-6 gap-y-3 px-4 py-3 text-sm sm:grid-cols-[auto_minmax(0,1fr)_minmax(0,1fr)]">
      <div>
        <dt className="text-xs text-muted">{w("head.last")}</dt>
        <dd className="num whitespace-nowrap">
          {server.last_health_check ? <Ago at={server.last_health_check} /> : "–"}
        </dd>
      </div>
      <div>
        <dt className="text-xs text-muted">{w("head.next")}</dt>
        <dd>
          {server.status === "active" && server.next_check_at ? (
            <Until at={server.next_check_at} className="num" />
          ) : (
            "–"
          )}
          {next ? (
            <span className="block text-xs text-muted">
              {w(`next.${next.why}`, { time: lengthText(Math.max(1, Math.round(next.seconds)) * 1_000) })}
            </span>
          ) : null}
        </dd>
      </div>
      <Circuit server={server} />
    </dl>
  );
}

function Circuit({ server }: { server: Server }) {
  const client = useQueryClient();
  const { fresh } = useFreshness();
  const state = server.circuit_state;
  const reset = async () => {
    own.claim(server.name, Date.now() + ECHO_MS);
    try {
      await takeServer(client, () => call("resetCircuit", { path: { name: server.name } }));
    } catch (e) {
      say({ title: server.name, detail: e instanceof ApiError ? e.message : String(e), tone: "bad" });
    }
  };
  return (
    <div>
      <dt className="text-xs text-muted">{w("circuit.label")}</dt>
      <dd className="flex items-start gap-3">
        <span className="min-w-0 flex-1">
          <span className="inline-flex items-center gap-1.5">
            <Lock
              size={13}
              aria-hidden="true"
              className={state === "closed" ? "text-faint" : "text-warn-text"}
            />
            <span className={state === "closed" ? "" : "font-medium text-warn-text"}>
              {t(`circuit.${state}`)}
            </span>
            {server.failure_cycle_count > 0 ? (
              <span className="num text-muted">{wn("cycles", server.failure_cycle_count)}</span>
            ) : null}
          </span>
          <span className="block text-xs text-muted">{w(`circuit.${state}`)}</span>
        </span>
        <Button
          small
          label={w("action.circuit_reset")}
          kind="ghost"
          why={fresh ? (state === "closed" ? w("circuit.why_closed") : null) : t("why.offline")}
          onClick={() => void reset()}
        >
          <RotateCcw size={14} />
        </Button>
      </dd>
    </div>
  );
}
