import type { FieldProblem } from "../../api/schema";
import { t } from "../../i18n";
import { AUTH_FIELDS, type Draft, OVERRIDE_CHOICES, OVERRIDES, SECRETS } from "./edit";
import { Choice, DOTS, Field, Rows, Text } from "./edit-fields";
import { w } from "./edit-words";

const PROTOCOLS = ["auto", "streamable-http", "sse"] as const;
const PROTOCOL_NAMES = { "streamable-http": "Streamable HTTP", sse: "HTTP+SSE" } as const;
const ERAS = ["auto", "session", "stateless"] as const;
const EXPECTATIONS = ["tools", "auth_challenge"] as const;
const AUTH_TYPES = Object.keys(AUTH_FIELDS) as Array<keyof typeof AUTH_FIELDS>;

interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  errors: readonly FieldProblem[];
}

const wrongOf = (errors: readonly FieldProblem[], field: string): string | undefined =>
  errors.find((each) => each.field === field)?.message;

export function Common({ draft, set, errors }: PartProps) {
  return (
    <>
      <Text
        label={t("add.name")}
        value={draft.name}
        wrong={wrongOf(errors, "name")}
        onChange={(name) => set({ name })}
      />
      <Text
        label={w("edit.tags")}
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

export function Local({ draft, set, errors }: PartProps) {
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

export function Remote({ draft, set, errors }: PartProps) {
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

export function Rest({ draft, set, errors }: PartProps) {
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

export function Overrides({ draft, set, errors }: PartProps) {
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
export function Unplaced({ errors }: { errors: readonly FieldProblem[] }) {
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
