import { Plus, X } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Button } from "../../ui/button";
import { type Row, row } from "./edit";
import { w } from "./edit-words";

/** What stands for a secret that is kept. */
export const DOTS = "••••";

interface FieldProps {
  id: string;
  className: string;
  "aria-invalid": boolean;
  "aria-describedby": string | undefined;
}

export function Field({
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

export function Text({
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

export function Choice<T extends string>({
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
export function Rows({
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
