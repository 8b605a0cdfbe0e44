import { useQueryClient } from "@tanstack/react-query";
import { CircleCheck, Lock } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { ApiError, call } from "../../api/client";
import type { ConfigList, FieldProblem } from "../../api/schema";
import { t, useLanguage } from "../../i18n";
import { number } from "../../lib/format";
import { useFreshness } from "../../live/fleet";
import { Button } from "../../ui/button";
import { Ring } from "../../ui/ring";
import {
  changed,
  type FieldKind,
  type FieldName,
  GROUPS,
  type GroupKey,
  textOf,
  type Values,
} from "./fields";
import { w } from "./words";

type Known = ConfigList["groups"][number];

/** One group of settings; what is saved is obeyed at once. */
export function GroupForm({
  group,
  known,
  checksAnHour,
}: {
  group: GroupKey;
  /** Undefined until it is fetched. */
  known: Known | undefined;
  checksAnHour: number;
}) {
  const client = useQueryClient();
  const { fresh } = useFreshness();
  const fields: ReadonlyArray<readonly [FieldName, FieldKind]> = GROUPS[group];
  const [draft, setDraft] = useState<Record<string, string>>({});
  const [errors, setErrors] = useState<FieldProblem[]>([]);
  const [state, setState] = useState<"busy" | "saved" | null>(null);
  if (!known) return <div className="h-40" />;
  const values = known.values as Values;
  const changes = changed(fields, values, draft);
  const dirty = Object.keys(changes).length > 0;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!dirty) return;
    setState("busy");
    setErrors([]);
    try {
      const after = await call("changeConfig", { path: { key: group }, body: changes });
      client.setQueryData<ConfigList>(["config"], (all) =>
        all
          ? { groups: all.groups.map((each) => (each.key === group ? { ...each, values: after } : each)) }
          : all,
      );
      void client.invalidateQueries({ queryKey: ["config", group] });
      setDraft({});
      setState("saved");
    } catch (e) {
      const problem = e instanceof ApiError ? e : new ApiError(0, "bug", String(e));
      setErrors(problem.errors.length > 0 ? problem.errors : [{ field: "", message: problem.message }]);
      setState(null);
    }
  };
  const named = new Set<string>(fields.map(([name]) => name));
  return (
    <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col">
      {fields.map(([name, kind]) => (
        <Setting
          key={name}
          name={name}
          kind={kind}
          value={draft[name] ?? textOf(values[name])}
          fixed={known.fixed.includes(name)}
          wrong={errors.find((each) => each.field === name)?.message}
          checksAnHour={checksAnHour}
          onChange={(value) => {
            setDraft((now) => ({ ...now, [name]: value }));
            setState(null);
          }}
        />
      ))}
      {errors
        .filter((each) => !named.has(each.field))
        .map((each) => (
          <p key={each.field + each.message} role="alert" className="pt-2 text-sm text-bad-text">
            {each.field ? `${each.field}: ` : ""}
            {each.message}
          </p>
        ))}
      {dirty || state ? (
        <div className="flex items-center gap-3 pt-3">
          <Button
            kind="primary"
            small
            type="submit"
            aria-busy={state === "busy"}
            why={fresh ? (dirty ? null : w("form.nothing")) : t("why.offline")}
          >
            {state === "busy" ? <Ring share={null} size={14} /> : null}
            {w("form.save")}
          </Button>
          {dirty ? (
            <Button
              small
              kind="ghost"
              onClick={() => {
                setDraft({});
                setErrors([]);
              }}
            >
              {w("form.discard")}
            </Button>
          ) : null}
          <span role="status" className="text-sm text-ok-text">
            {state === "saved" && !dirty ? (
              <span className="flex items-center gap-1.5">
                <CircleCheck size={15} aria-hidden="true" />
                {w("form.saved")}
              </span>
            ) : null}
          </span>
        </div>
      ) : null}
    </form>
  );
}

function Setting({
  name,
  kind,
  value,
  fixed,
  wrong,
  checksAnHour,
  onChange,
}: {
  name: FieldName;
  kind: FieldKind;
  value: string;
  fixed: boolean;
  wrong: string | undefined;
  checksAnHour: number;
  onChange: (value: string) => void;
}) {
  const language = useLanguage();
  const id = useId();
  const props = {
    id,
    disabled: fixed,
    "aria-describedby": `${id}-text`,
    "aria-invalid": wrong !== undefined,
  };
  const rows =
    name === "log_days" && Number(value) > 0 && checksAnHour > 0
      ? ` ${w("pace_rows", { checks: number(checksAnHour, language), rows: rounded(checksAnHour * 24 * Number(value), language) })}`
      : "";
  return (
    <div className="grid gap-x-6 gap-y-1.5 border-t border-line py-3 first:border-t-0 sm:grid-cols-[minmax(0,1fr)_11rem]">
      <div className="min-w-0">
        <label htmlFor={id} className="flex items-center gap-1.5 font-medium">
          {w(`set.${name}`)}
          {fixed ? <Lock size={13} aria-hidden="true" className="text-muted" /> : null}
        </label>
        <p id={`${id}-text`} className="text-sm text-muted">
          {w(`set.${name}_text`)}
          {rows ? <span className="num stale-able">{rows}</span> : null}
          {fixed ? <span className="block">{w("fixed")}</span> : null}
          {wrong ? (
            <span role="alert" className="block text-bad-text">
              {wrong}
            </span>
          ) : null}
        </p>
      </div>
      {kind === "switch" ? (
        <input
          {...props}
          type="checkbox"
          checked={value === "true"}
          onChange={(event) => onChange(String(event.target.checked))}
          className="mt-1 size-5 justify-self-start accent-accent"
        />
      ) : (
        <span className={`flex items-center gap-2 ${kind === "text" ? "" : "max-sm:max-w-48"}`}>
          <input
            {...props}
            type="text"
            inputMode={kind === "text" ? "text" : "decimal"}
            autoComplete="off"
            spellCheck={false}
            value={value}
            placeholder={name === "slow_after_ms" || name === "sentinel" ? w("off") : undefined}
            onChange={(event) => onChange(event.target.value)}
            className={`field num min-w-0 ${kind === "text" ? "" : "text-right"} disabled:opacity-60`}
          />
          {kind === "text" ? null : (
            <span className="w-16 shrink-0 text-sm text-muted">{w(`unit.${kind}`)}</span>
          )}
        </span>
      )}
    </div>
  );
}

/** Two digits that mean something, no more. */
function rounded(value: number, language: string): string {
  return Number(value.toPrecision(2)).toLocaleString(language, { notation: "compact" });
}
