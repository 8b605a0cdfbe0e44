import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleCheck, Lock, Plus, X } from "lucide-react";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { ApiError, call } from "../../api/client";
import type { FieldProblem, Server } from "../../api/schema";
import { t } from "../../i18n";
import { dropServer, own, putServers } from "../../live/feed";
import { useFreshness } from "../../live/fleet";
import { Button } from "../../ui/button";
import { Ring } from "../../ui/ring";
import {
  AUTH_FIELDS,
  changesOf,
  type Draft,
  draftOf,
  OVERRIDE_CHOICES,
  OVERRIDES,
  type Row,
  row,
  SECRETS,
  touchesSpeech,
} from "./edit";
import { w } from "./words";

const ECHO_MS = 4_000;
const PROTOCOLS = ["auto", "streamable-http", "sse"] as const;
const PROTOCOL_NAMES = { "streamable-http": "Streamable HTTP", sse: "HTTP+SSE" } as const;
const ERAS = ["auto", "session", "stateless"] as const;
const EXPECTATIONS = ["tools", "auth_challenge"] as const;
const AUTH_TYPES = Object.keys(AUTH_FIELDS) as Array<keyof typeof AUTH_FIELDS>;

type Outcome =
  | { kind: "busy" }
  | { kind: "saved"; checks: boolean }
  | { kind: "stale"; theirs: Server }
  | { kind: "wrong"; errors: FieldProblem[] }
  | null;

/** The definition of a server, to change. Two people at once: the later one is told, nothing is lost. */
export function EditTab({ server }: { server: Server }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { fresh } = useFreshness();
  // What the draft began from; the feed may bring a newer one meanwhile.
  const [base, setBase] = useState(server);
  const [draft, setDraft] = useState(() => draftOf(server));
  const [outcome, setOutcome] = useState<Outcome>(null);
  const changes = changesOf(base, draft);
  const dirty = Object.keys(changes).length > 0;
  const locked = server.managed_by !== null;
  if (!dirty && base.version !== server.version && outcome?.kind !== "busy") {
    setBase(server);
    setDraft(draftOf(server));
  }

  const begin = (from: Server) => {
    setBase(from);
    setDraft(draftOf(from));
  };
  const save = async (version: number) => {
    setOutcome({ kind: "busy" });
    own.claim(base.name, Date.now() + ECHO_MS);
    try {
      const after = await call("updateServer", { path: { name: base.name }, body: { ...changes, version } });
      own.claim(after.name, Date.now() + ECHO_MS);
      putServers(client, [after]);
      begin(after);
      setOutcome({ kind: "saved", checks: touchesSpeech(changes) });
      if (after.name !== base.name) {
        await navigate({
          to: "/servers/$name",
          params: { name: after.name },
          search: { tab: "settings" } as never,
        });
        // Last: the page shows it until the address is the new one.
        dropServer(client, base.name);
      }
    } catch (e) {
      const problem = e instanceof ApiError ? e : new ApiError(0, "bug", String(e));
      if (problem.kind === "stale_version") {
        const theirs = await call("getServer", { path: { name: base.name } }).catch(() => null);
        if (theirs) {
          putServers(client, [theirs]);
          setOutcome({ kind: "stale", theirs });
          return;
        }
      }
      setOutcome({
        kind: "wrong",
        errors: problem.errors.length > 0 ? problem.errors : [{ field: "", message: problem.message }],
      });
    }
  };
  const errors = outcome?.kind === "wrong" ? outcome.errors : [];
  const set = (change: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...change }));
    setOutcome((now) => (now?.kind === "saved" ? null : now));
  };

  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save(base.version);
      }}
      className="flex max-w-4xl flex-col gap-4"
    >
      {locked ? (
        <p className="card flex items-center gap-2.5 p-4">
          <Lock size={16} aria-hidden="true" className="shrink-0 text-muted" />
          {w("edit.managed", { file: server.managed_by ?? "" })}
        </p>
      ) : null}
      <fieldset disabled={locked} className="contents">
        <div className="card grid gap-4 p-4 sm:grid-cols-2 sm:p-5">
          <Common draft={draft} set={set} errors={errors} />
          {server.command !== undefined ? (
            <Local draft={draft} set={set} errors={errors} />
          ) : (
            <Remote draft={draft} set={set} errors={errors} />
          )}
          <Rest draft={draft} set={set} errors={errors} />
        </div>
        <Overrides draft={draft} set={set} errors={errors} />
      </fieldset>
      <Unplaced errors={errors} />
      {outcome?.kind === "stale" ? (
        <div role="alert" className="card flex flex-wrap items-center gap-3 bg-warn-soft p-4">
          <p className="mr-auto">{w("edit.stale")}</p>
          <Button
            small
            onClick={() => {
              begin(outcome.theirs);
              setOutcome(null);
            }}
          >
            {w("edit.stale_theirs")}
          </Button>
          <Button small kind="primary" onClick={() => void save(outcome.theirs.version)}>
            {w("edit.stale_mine")}
          </Button>
        </div>
      ) : null}
      {locked ? null : (
        <div className="sticky bottom-16 z-10 -mx-1 flex items-center gap-3 bg-bg px-1 py-2 sm:bottom-0">
          <Button
            kind="primary"
            type="submit"
            aria-busy={outcome?.kind === "busy"}
            why={fresh ? (dirty ? null : w("edit.nothing")) : t("why.offline")}
          >
            {outcome?.kind === "busy" ? <Ring share={null} /> : null}
            {w("edit.save")}
          </Button>
          {dirty ? (
            <Button
              kind="ghost"
              onClick={() => {
                begin(server);
                setOutcome(null);
              }}
            >
              {w("edit.reset")}
            </Button>
          ) : null}
          <span role="status" className="text-sm text-ok-text">
            {outcome?.kind === "saved" ? (
              <span className="flex items-center gap-1.5">
                <CircleCheck size={15} aria-hidden="true" />
                {outcome.checks ? w("edit.saved_check") : w("edit.saved")}
              </span>
            ) : null}
          </span>
        </div>
      )}
    </form>
  );
}

interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  errors: readonly FieldProblem[];
}

const wrongOf = (errors: readonly FieldProblem[], field: string): string | undefined =>
  errors.find((each) => each.field === field)?.message;

function Common({ draft, set, errors }: PartProps) {
  return (
    <>
      <Text
        label={t("add.name")}
        value={draft.name}
        wrong={wrongOf(errors, "name")}
        onChange={(name) => set({ name })}
      />
      <Text
        label={w("facts.tags")}
        hint={t("add.tags_hint")}
        value={draft.tags}
        wrong={wrongOf(errors, "tags")}
        onChange={(tags) => set({ tags })}
      />
      <Text
        wide
        label={t("add.description")}
        value={draft.description}
        wrong={wrongOf(errors, "description")}
        onChange={(description) => set({ description })}
      />
    </>
  );
}

function Local({ draft, set, errors }: PartProps) {
  return (
    <>
      <Text
        mono
        label={w("edit.command")}
        value={draft.command}
        wrong={wrongOf(errors, "command")}
        onChange={(command) => set({ command })}
      />
      <Text
        mono
        label={w("edit.directory")}
        value={draft.directory}
        wrong={wrongOf(errors, "directory")}
        onChange={(directory) => set({ directory })}
      />
      <Field wide label={w("edit.args")} hint={w("edit.args_hint")} wrong={wrongOf(errors, "args")}>
        {(props) => (
          <textarea
            {...props}
            rows={Math.min(10, draft.args.split("\n").length + 1)}
            spellCheck={false}
            className="field font-mono text-xs"
            value={draft.args}
            onChange={(event) => set({ args: event.target.value })}
          />
        )}
      </Field>
      <Rows label={w("edit.env")} rows={draft.env} onChange={(env) => set({ env })} />
    </>
  );
}

function Remote({ draft, set, errors }: PartProps) {
  const auth = (name: string, value: string) => set({ auth: { ...draft.auth, [name]: value } });
  const names: readonly string[] = AUTH_FIELDS[draft.auth_type];
  return (
    <>
      <Text
        wide
        mono
        label={w("edit.url")}
        value={draft.url}
        wrong={wrongOf(errors, "url")}
        onChange={(url) => set({ url })}
      />
      <Choice
        label={w("edit.protocol")}
        value={draft.protocol}
        options={PROTOCOLS.map((each) => [
          each,
          each === "auto" ? w("edit.protocol.auto") : PROTOCOL_NAMES[each],
        ])}
        onChange={(protocol) => set({ protocol })}
      />
      <Choice
        label={w("edit.auth")}
        value={draft.auth_type}
        options={AUTH_TYPES.map((each) => [each, w(`edit.auth.${each}`)])}
        onChange={(auth_type) => set({ auth_type })}
      />
      {names.map((name) => (
        <Text
          key={name}
          mono
          secret={SECRETS.has(name)}
          label={w(`edit.field.auth_config.${name}` as "edit.field.auth_config.token")}
          hint={draft.auth[name] === DOTS ? w("edit.kept_secret") : undefined}
          value={draft.auth[name] ?? ""}
          wrong={wrongOf(errors, `auth_config.${name}`)}
          onChange={(value) => auth(name, value)}
        />
      ))}
      {draft.auth_type === "headers" ? (
        <Rows
          secret
          label={w("edit.auth.headers")}
          rows={draft.auth_headers}
          onChange={(auth_headers) => set({ auth_headers })}
        />
      ) : null}
      <Rows secret label={w("edit.headers")} rows={draft.headers} onChange={(headers) => set({ headers })} />
    </>
  );
}

const DOTS = "••••";

function Rest({ draft, set, errors }: PartProps) {
  return (
    <>
      <Text
        label={w("edit.timeout")}
        value={draft.timeout_seconds}
        numeric
        wrong={wrongOf(errors, "timeout_seconds")}
        onChange={(timeout_seconds) => set({ timeout_seconds })}
      />
      <Choice
        label={w("edit.expect")}
        value={draft.expect}
        options={EXPECTATIONS.map((each) => [each, w(`edit.expect.${each}`)])}
        onChange={(expect) => set({ expect })}
      />
      <Choice
        label={w("edit.era")}
        value={draft.era}
        options={ERAS.map((each) => [each, w(`edit.era.${each}`)])}
        onChange={(era) => set({ era })}
      />
      <label className="flex items-center gap-2.5 self-end pb-2 text-sm">
        <input
          type="checkbox"
          checked={draft.can_auto_enable}
          onChange={(event) => set({ can_auto_enable: event.target.checked })}
          className="size-4 shrink-0 accent-accent"
        />
        {w("edit.can_auto_enable")}
      </label>
    </>
  );
}

function Overrides({ draft, set, errors }: PartProps) {
  const some = OVERRIDES.some((each) => draft.overrides[each]);
  const change = (key: string, value: string) => set({ overrides: { ...draft.overrides, [key]: value } });
  return (
    <details
      className="card p-4 sm:p-5"
      open={some || errors.some((each) => each.field.startsWith("overrides"))}
    >
      <summary className="font-semibold">{w("edit.advanced")}</summary>
      <p className="mt-1 mb-4 text-sm text-muted">{w("edit.advanced_hint")}</p>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {OVERRIDES.map((key) => {
          const choices = OVERRIDE_CHOICES[key];
          const label = w(`edit.override.${key}`);
          return choices ? (
            <Choice
              key={key}
              label={label}
              value={draft.overrides[key] ?? ""}
              options={[["", w("edit.default")], ...choices.map((each) => [each, choiceText(each)] as const)]}
              onChange={(value) => change(key, value)}
            />
          ) : (
            <Text
              key={key}
              numeric
              label={label}
              placeholder={w("edit.default")}
              value={draft.overrides[key] ?? ""}
              wrong={wrongOf(errors, `overrides.${key}`)}
              onChange={(value) => change(key, value)}
            />
          );
        })}
      </div>
    </details>
  );
}

function choiceText(value: string): string {
  if (value === "tools" || value === "ping") return w(`edit.override.check.${value}`);
  return value === "true" ? w("edit.yes") : w("edit.no");
}

/** What is wrong with fields that have no place of their own here. */
function Unplaced({ errors }: { errors: readonly FieldProblem[] }) {
  const placed =
    /^(name|tags|description|url|command|directory|args|timeout_seconds|auth_config\.\w+|overrides\.\w+)$/;
  const rest = errors.filter((each) => !placed.test(each.field));
  if (rest.length === 0) return null;
  return (
    <ul role="alert" className="text-sm text-bad-text">
      {rest.map((each) => (
        <li key={each.field + each.message}>
          {each.field ? `${each.field}: ` : ""}
          {each.message}
        </li>
      ))}
    </ul>
  );
}

interface FieldProps {
  id: string;
  className: string;
  "aria-invalid": boolean;
  "aria-describedby": string | undefined;
}

function Field({
  label,
  hint,
  wrong,
  wide,
  children,
}: {
  label: string;
  hint?: string | undefined;
  wrong?: string | undefined;
  wide?: boolean | undefined;
  children: (props: FieldProps) => ReactNode;
}) {
  const id = useId();
  const said = wrong ?? hint;
  return (
    <div className={`flex min-w-0 flex-col gap-1.5 ${wide ? "sm:col-span-2" : ""}`}>
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

function Text({
  value,
  onChange,
  secret,
  mono,
  numeric,
  placeholder,
  ...field
}: {
  label: string;
  hint?: string | undefined;
  wrong?: string | undefined;
  wide?: boolean;
  value: string;
  onChange: (value: string) => void;
  secret?: boolean;
  mono?: boolean;
  numeric?: boolean;
  placeholder?: string;
}) {
  return (
    <Field {...field}>
      {(props) => (
        <input
          {...props}
          type={secret ? "password" : "text"}
          autoComplete={secret ? "new-password" : "off"}
          inputMode={numeric ? "decimal" : undefined}
          spellCheck={false}
          placeholder={placeholder}
          value={value}
          // The dots stand for a secret: writing begins anew.
          onFocus={(event) => value === DOTS && event.target.select()}
          onChange={(event) => onChange(event.target.value)}
          className={mono ? "field font-mono text-xs leading-5.5" : "field"}
        />
      )}
    </Field>
  );
}

function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: ReadonlyArray<readonly [T, string]>;
  onChange: (value: T) => void;
}) {
  return (
    <Field label={label}>
      {(props) => (
        <select {...props} value={value} onChange={(event) => onChange(event.target.value as T)}>
          {options.map(([id, text]) => (
            <option key={id} value={id}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Names with values, such as headers. */
function Rows({
  label,
  rows,
  secret,
  onChange,
}: {
  label: string;
  rows: Row[];
  secret?: boolean;
  onChange: (rows: Row[]) => void;
}) {
  const change = (id: number, part: Partial<Row>) =>
    onChange(rows.map((each) => (each.id === id ? { ...each, ...part } : each)));
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5 sm:col-span-2">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      {rows.map((each) => (
        <div key={each.id} className="grid grid-cols-[1fr_1.6fr_auto] gap-2">
          <input
            aria-label={w("edit.name_of_row")}
            autoComplete="off"
            spellCheck={false}
            className="field font-mono text-xs"
            value={each.name}
            onChange={(event) => change(each.id, { name: event.target.value })}
          />
          <input
            aria-label={w("edit.value_of_row")}
            type={secret && each.value === DOTS ? "password" : "text"}
            autoComplete="off"
            spellCheck={false}
            className="field font-mono text-xs"
            value={each.value}
            onFocus={(event) => each.value === DOTS && event.target.select()}
            onChange={(event) => change(each.id, { value: event.target.value })}
          />
          <Button
            kind="ghost"
            label={w("edit.remove_row")}
            onClick={() => onChange(rows.filter((other) => other.id !== each.id))}
          >
            <X size={14} />
          </Button>
        </div>
      ))}
      <Button small kind="ghost" className="self-start" onClick={() => onChange([...rows, row()])}>
        <Plus size={14} aria-hidden="true" />
        {w("edit.add_row")}
      </Button>
    </fieldset>
  );
}
