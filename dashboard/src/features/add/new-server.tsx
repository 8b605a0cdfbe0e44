import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ScanSearch, TriangleAlert } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useId, useState } from "react";
import { ApiError, call } from "../../api/client";
import type { Definition, FieldProblem, Server } from "../../api/schema";
import { t } from "../../i18n";
import { own, takeServer } from "../../live/feed";
import { useFleet } from "../../live/fleet";
import { ResultPanel } from "../../parts/result";
import { Button } from "../../ui/button";
import { Ring } from "../../ui/ring";
import { type Input, proposeName } from "./input";

type Single = Extract<Input, { kind: "url" | "command" }>;

const SETTLE_MS = 650;
const ECHO_MS = 8_000;

/** The definition as it is to be saved, without its name. */
function definitionOf(input: Single, token: string): Definition {
  return token ? { ...input.definition, auth_type: "bearer", auth_config: { token } } : input.definition;
}

/** Looks at it at once, shows what was found, and saves it in any case. */
export function NewServer({ input }: { input: Single }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const fleet = useFleet();
  const [token, setToken] = useState("");
  const [name, setName] = useState<string | null>(null);
  const [errors, setErrors] = useState<FieldProblem[]>([]);
  const [busy, setBusy] = useState(false);
  const definition = definitionOf(input, token);
  const probe = useProbe(input, definition);
  const servers = Object.values(fleet.data?.byName ?? {});
  const taken = new Set(servers.map((each) => each.name));
  const proposed = proposeName(input, probe.data?.server_info?.name, taken);
  const chosen = name ?? proposed;
  const double = servers.find((each) => sameTarget(each, input));

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const tags = String(form.get("tags") ?? "")
      .split(/[,\s]+/)
      .filter(Boolean);
    const description = String(form.get("description") ?? "").trim();
    setBusy(true);
    setErrors([]);
    own.claim(chosen, Date.now() + ECHO_MS);
    try {
      const body: Definition = { ...definition, name: chosen, tags, ...(description ? { description } : {}) };
      await takeServer(client, () => call("createServer", { body }));
      await navigate({ to: "/" });
    } catch (e) {
      const problem = e instanceof ApiError ? e : new ApiError(0, "bug", String(e));
      setErrors(problem.errors.length > 0 ? problem.errors : [{ field: "", message: problem.message }]);
      setBusy(false);
    }
  };
  const wrong = (field: string) => errors.find((each) => each.field === field)?.message;
  const others = errors.filter((each) => !["name", "tags", "description"].includes(each.field));

  return (
    <>
      <section aria-live="polite" className="card p-4 sm:p-5">
        <Probe probe={probe} input={input} />
      </section>
      <form onSubmit={(event) => void save(event)} noValidate className="card flex flex-col gap-4 p-4 sm:p-5">
        {double ? (
          <p className="flex items-center gap-2 text-sm text-warn-text">
            <TriangleAlert size={15} aria-hidden="true" />
            <span>
              {t("add.double")}{" "}
              <Link to="/servers/$name" params={{ name: double.name }} className="font-semibold underline">
                {double.name}
              </Link>
            </span>
          </p>
        ) : null}
        {input.kind === "url" ? (
          <Field label={t("add.token")} hint={t("add.token_hint")} wrong={undefined}>
            {(props) => (
              <input
                {...props}
                type="password"
                autoComplete="off"
                value={token}
                onChange={(event) => setToken(event.target.value.trim())}
              />
            )}
          </Field>
        ) : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t("add.name")}
            wrong={wrong("name") ?? (taken.has(chosen) ? t("add.taken") : undefined)}
          >
            {(props) => (
              <input
                {...props}
                name="name"
                value={chosen}
                maxLength={128}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label={t("add.tags")} hint={t("add.tags_hint")} wrong={wrong("tags")}>
            {(props) => <input {...props} name="tags" autoComplete="off" />}
          </Field>
        </div>
        <Field label={t("add.description")} wrong={wrong("description")}>
          {(props) => <input {...props} name="description" maxLength={1000} autoComplete="off" />}
        </Field>
        {others.map((each) => (
          <p key={each.field + each.message} role="alert" className="text-sm text-bad-text">
            {each.field ? `${each.field}: ` : ""}
            {each.message}
          </p>
        ))}
        <div className="flex items-center gap-3">
          <Button kind="primary" type="submit" aria-busy={busy} why={chosen.trim() ? null : t("why.no_name")}>
            {busy ? <Ring share={null} /> : null}
            {t("add.save")}
          </Button>
          <span className="text-sm text-muted">
            {probe.data && probe.data.health_status !== "healthy" ? t("add.save_anyway") : ""}
          </span>
        </div>
      </form>
    </>
  );
}

/** Addresses are looked at when they have settled for a moment; a command is run only when it is asked for. */
function useProbe(input: Single, definition: Definition) {
  const key = JSON.stringify(definition);
  const [settled, setSettled] = useState<string | null>(null);
  const byItself = input.kind === "url";
  useEffect(() => {
    setSettled(null);
    if (!byItself) return;
    const timer = setTimeout(() => setSettled(key), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [key, byItself]);
  const query = useQuery({
    queryKey: ["discover", key],
    queryFn: ({ signal }) => call("discoverServer", { body: JSON.parse(key) as Definition, signal }),
    enabled: settled === key,
    retry: false,
    staleTime: 30_000,
    gcTime: 60_000,
  });
  return {
    data: query.data,
    error: query.error,
    running: query.isFetching || (byItself && settled !== key),
    begin: () => (settled === key ? void query.refetch() : setSettled(key)),
  };
}

function Probe({ probe, input }: { probe: ReturnType<typeof useProbe>; input: Single }) {
  if (probe.running) {
    return (
      <p className="flex items-center gap-2.5 text-muted">
        <span className="text-accent">
          <Ring share={null} />
        </span>
        {t("add.looking")}
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {probe.error ? <Refused error={probe.error} /> : null}
      {probe.data ? (
        <ResultPanel result={probe.data} asked={input.kind === "url" ? input.definition.url : undefined} />
      ) : null}
      <div className="flex items-center gap-3">
        <Button small onClick={probe.begin}>
          <ScanSearch size={14} aria-hidden="true" />
          {probe.data || probe.error ? t("add.look_again") : t("add.look")}
        </Button>
        {input.kind === "command" && !probe.data && !probe.error ? (
          <span className="text-sm text-muted">{t("add.runs_here")}</span>
        ) : null}
      </div>
    </div>
  );
}

function Refused({ error }: { error: Error }) {
  const problems =
    error instanceof ApiError && error.errors.length > 0
      ? error.errors
      : [{ field: "", message: error.message }];
  return (
    <ul className="text-sm text-bad-text">
      {problems.map((each) => (
        <li key={each.field + each.message}>
          {each.field ? `${each.field}: ` : ""}
          {each.message}
        </li>
      ))}
    </ul>
  );
}

function sameTarget(server: Server, input: Single): boolean {
  if (input.kind === "url")
    return server.url !== undefined && trimmed(server.url) === trimmed(input.definition.url);
  return (
    server.command === input.definition.command &&
    JSON.stringify(server.args ?? []) === JSON.stringify(input.definition.args)
  );
}

const trimmed = (url: string): string => url.replace(/\/$/, "").toLowerCase();

interface FieldProps {
  id: string;
  className: string;
  "aria-invalid": boolean;
  "aria-describedby": string | undefined;
}

function Field({
  label,
  hint: help,
  wrong,
  children,
}: {
  label: string;
  hint?: string;
  wrong: string | undefined;
  children: (props: FieldProps) => ReactNode;
}) {
  const id = useId();
  const said = wrong ?? help;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        className: "field",
        "aria-invalid": wrong !== undefined,
        "aria-describedby": said ? `${id}-said` : undefined,
      })}
      {said ? (
        <span id={`${id}-said`} className={wrong ? "text-xs text-bad-text" : "text-xs text-muted"}>
          {said}
        </span>
      ) : null}
    </div>
  );
}
