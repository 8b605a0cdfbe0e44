import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { ApiError, call } from "../../api/client";
import type { Server, ToolAnswer } from "../../api/schema";
import { t, useLanguage } from "../../i18n";
import { latency } from "../../lib/format";
import { useFreshness } from "../../live/fleet";
import { Button } from "../../ui/button";
import { Ring } from "../../ui/ring";
import { w } from "./capability-words";
import { argumentsOf, type FieldError, fieldsOf, type ToolField } from "./tool-form";

type Json = Record<string, unknown>;

/** Calls a tool by a form made from its schema; one that is not marked read-only is asked about first. */
export function ToolCall({ server, tool }: { server: Server; tool: Json }) {
  const [open, setOpen] = useState(false);
  const { fresh } = useFreshness();
  if (!open)
    return (
      <Button
        small
        className="self-start"
        why={fresh ? (server.status === "active" ? null : t("why.inactive")) : t("why.offline")}
        onClick={() => setOpen(true)}
      >
        {w("call.open")}
      </Button>
    );
  return <CallForm server={server} tool={tool} />;
}

function CallForm({ server, tool }: { server: Server; tool: Json }) {
  const fields = fieldsOf(tool.inputSchema);
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries((fields ?? []).map((each) => [each.name, each.initial])),
  );
  const [json, setJson] = useState<string | null>(fields === null ? "{}" : null);
  const [errors, setErrors] = useState<Record<string, FieldError>>({});
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<ToolAnswer | Error | null>(null);
  const notes = (tool.annotations ?? {}) as Json;
  const readOnly = notes.readOnlyHint === true;

  const read = (): Json | null => {
    const found =
      json === null
        ? argumentsOf(fields ?? [], values)
        : argumentsOf([{ ...WHOLE, name: "" }], { "": json || "{}" });
    setErrors(found.errors);
    if (Object.keys(found.errors).length > 0) return null;
    return json === null ? found.arguments : ((found.arguments[""] ?? {}) as Json);
  };
  const run = async (event: FormEvent) => {
    event.preventDefault();
    const args = read();
    if (args === null || busy) return;
    if (!readOnly && !asked) {
      setAsked(true);
      return;
    }
    setAsked(false);
    setBusy(true);
    try {
      setAnswer(
        await call("callTool", {
          path: { name: server.name, tool: String(tool.name) },
          body: { arguments: args },
        }),
      );
    } catch (e) {
      setAnswer(e instanceof ApiError ? e : new Error(String(e)));
    }
    setBusy(false);
  };
  const swap = () => {
    setErrors({});
    setJson((now) =>
      now === null ? JSON.stringify(argumentsOf(fields ?? [], values).arguments, null, 2) : null,
    );
  };
  return (
    <form
      noValidate
      onSubmit={(event) => void run(event)}
      className="flex flex-col gap-3 rounded-lg border border-line bg-hover p-3.5"
    >
      {fields !== null && fields.length > 0 ? (
        <button
          type="button"
          onClick={swap}
          className="self-end text-xs font-medium text-accent hover:underline"
        >
          {json === null ? w("call.json") : w("call.form")}
        </button>
      ) : null}
      {json !== null ? (
        <FormField
          field={{ ...WHOLE, title: w("cap.arguments") }}
          value={json}
          error={errors[""]}
          onChange={setJson}
        />
      ) : (
        (fields ?? []).map((field) => (
          <FormField
            key={field.name}
            field={field}
            value={values[field.name] ?? ""}
            error={errors[field.name]}
            onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
          />
        ))
      )}
      {fields?.length === 0 && json === null ? <p className="text-sm text-muted">{w("call.none")}</p> : null}
      {asked ? (
        <div role="alert" className="flex flex-col gap-2 rounded-lg bg-warn-soft p-3 text-sm">
          <p className="flex gap-2">
            <TriangleAlert size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-warn-text" />
            {notes.destructiveHint === true ? w("call.ask_destructive") : w("call.ask")}
          </p>
          <div className="flex gap-2">
            <Button small kind="danger" type="submit">
              {w("call.sure")}
            </Button>
            <Button small onClick={() => setAsked(false)}>
              {w("call.cancel")}
            </Button>
          </div>
        </div>
      ) : (
        <Button kind="primary" small type="submit" aria-busy={busy} className="self-start">
          {busy ? <Ring share={null} size={14} /> : null}
          {answer ? w("call.again") : w("call.go")}
        </Button>
      )}
      <div aria-live="polite">{answer ? <Answer answer={answer} /> : null}</div>
    </form>
  );
}

const WHOLE: ToolField = {
  name: "",
  title: "",
  kind: "json",
  required: false,
  description: "",
  initial: "",
  choices: [],
  values: [],
};

function FormField({
  field,
  value,
  error,
  onChange,
}: {
  field: ToolField;
  value: string;
  error: FieldError | undefined;
  onChange: (value: string) => void;
}) {
  const id = useId();
  const said = error ? w(`call.${error}`) : field.description;
  const props = {
    id,
    value,
    className: "field",
    "aria-invalid": error !== undefined,
    "aria-describedby": said ? `${id}-said` : undefined,
    "aria-required": field.required,
  };
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {field.title}{" "}
        {field.title !== field.name && field.name ? (
          <code className="ml-1 font-mono text-2xs font-normal text-muted">{field.name}</code>
        ) : null}{" "}
        {field.required ? (
          <span className="ml-1 text-2xs font-normal text-muted">{w("cap.required")}</span>
        ) : null}
      </label>
      {field.kind === "choice" || field.kind === "boolean" ? (
        <select {...props} onChange={(event) => onChange(event.target.value)}>
          <option value="">–</option>
          {(field.kind === "boolean" ? ["true", "false"] : field.choices).map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      ) : field.kind === "json" || field.kind === "long" ? (
        <textarea
          {...props}
          rows={field.kind === "long" ? 4 : 5}
          spellCheck={false}
          className={field.kind === "json" ? "field font-mono text-xs" : "field"}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <input
          {...props}
          type="text"
          inputMode={field.kind === "text" ? "text" : "decimal"}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {said ? (
        <span id={`${id}-said`} className={error ? "text-xs text-bad-text" : "text-xs text-muted"}>
          {said}
        </span>
      ) : null}
    </div>
  );
}

function Answer({ answer }: { answer: ToolAnswer | Error }) {
  const language = useLanguage();
  if (answer instanceof Error) return <Failed text={answer.message} />;
  if (answer.reason) return <Failed text={answer.reason.message} />;
  return (
    <div className="flex animate-fade flex-col gap-2">
      <p className="flex items-center gap-2 text-sm font-medium">
        {answer.is_error ? (
          <CircleX size={16} aria-hidden="true" className="text-bad" />
        ) : (
          <CircleCheck size={16} aria-hidden="true" className="text-ok" />
        )}
        {answer.is_error ? w("call.failed") : w("call.ok")}
        <span className="num font-normal text-muted">{latency(answer.response_time_ms, language)}</span>
      </p>
      <Content result={answer.result} />
    </div>
  );
}

function Failed({ text }: { text: string }) {
  return (
    <p className="flex gap-2 text-sm text-bad-text">
      <CircleX size={16} aria-hidden="true" className="mt-0.5 shrink-0" />
      <span>
        {w("call.not_made")}: {text}
      </span>
    </p>
  );
}

/** Texts as texts, data as data; pictures and sounds are named, not shown. */
function Content({ result }: { result: unknown }) {
  const whole = (typeof result === "object" && result !== null ? result : {}) as Json;
  const blocks = Array.isArray(whole.content) ? (whole.content as Json[]) : [];
  const data = whole.structuredContent;
  if (blocks.length === 0) return <Block text={JSON.stringify(data ?? result, null, 2) ?? ""} />;
  return (
    <>
      {blocks.map((block, i) => (
        <Block
          // biome-ignore lint/suspicious/noArrayIndexKey: an answer does not change
          key={i}
          text={
            typeof block.text === "string"
              ? block.text
              : block.data === undefined
                ? JSON.stringify(block, null, 2)
                : w("call.not_shown", { type: String(block.mimeType ?? block.type) })
          }
        />
      ))}
      {data === undefined ? null : <Block text={JSON.stringify(data, null, 2)} />}
    </>
  );
}

function Block({ text }: { text: string }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-lg border border-line bg-surface p-3 font-mono text-xs whitespace-pre-wrap"
    >
      {text}
    </pre>
  );
}
