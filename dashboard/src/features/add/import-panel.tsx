import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleX, Equal, Minus, PencilLine, Plus } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { ApiError, call } from "../../api/client";
import type { FieldProblem, ImportPlan } from "../../api/schema";
import { t, tn } from "../../i18n";
import { say } from "../../live/commands";
import { FLEET_KEY, own } from "../../live/feed";
import { Button } from "../../ui/button";
import { Ring } from "../../ui/ring";

const SETTLE_MS = 400;
const ECHO_MS = 10_000;

/** What importing a file would do, and the button that does it. */
export function ImportPanel({ text, type }: { text: string; type: "application/json" | "application/yaml" }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [settled, setSettled] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const plan = useQuery({
    queryKey: ["import", settled],
    queryFn: ({ signal }) =>
      call("importServers", { query: { dry_run: true }, body: { text: settled, type }, signal }),
    enabled: settled !== "",
    retry: false,
    gcTime: 0,
  });

  const apply = async () => {
    setBusy(true);
    setFailure(null);
    own.claimAll(Date.now() + ECHO_MS);
    try {
      const done = await call("importServers", { body: { text, type } });
      await client.invalidateQueries({ queryKey: FLEET_KEY });
      say({
        title: t("import.done", { added: done.added.length, changed: done.changed.length }),
        tone: "good",
      });
      await navigate({ to: "/" });
    } catch (e) {
      setFailure(e as Error);
      setBusy(false);
    }
  };

  if (settled !== text || plan.isFetching) {
    return (
      <p className="card flex items-center gap-2.5 p-5 text-muted">
        <span className="text-accent">
          <Ring share={null} />
        </span>
        {t("import.reading")}
      </p>
    );
  }
  return (
    <section aria-live="polite" className="card flex flex-col gap-4 p-4 sm:p-5">
      <h2 className="font-semibold">{t("import.title")}</h2>
      {plan.error ? <Problems problems={problemsOf(plan.error)} /> : null}
      {plan.data ? <Plan plan={plan.data} /> : null}
      {failure ? <Problems problems={problemsOf(failure)} /> : null}
      {plan.data ? (
        <Button
          kind="primary"
          className="self-start"
          aria-busy={busy}
          why={whyNot(plan.data)}
          onClick={() => void apply()}
        >
          {busy ? <Ring share={null} /> : null}
          {tn("import.apply", plan.data.added.length + plan.data.changed.length)}
        </Button>
      ) : null}
    </section>
  );
}

const problemsOf = (error: Error): FieldProblem[] =>
  error instanceof ApiError && error.errors.length > 0
    ? error.errors
    : [{ field: "", message: error.message }];

function whyNot(plan: ImportPlan): string | null {
  if (plan.problems.length > 0) return t("import.why_problems");
  return plan.added.length + plan.changed.length === 0 ? t("import.why_same") : null;
}

function Plan({ plan }: { plan: ImportPlan }) {
  return (
    <div className="flex flex-col gap-3 text-sm">
      <Lines
        icon={<Plus size={15} className="text-ok-text" />}
        title={tn("import.added", plan.added.length)}
        lines={plan.added.map((name) => ({ key: name, text: name }))}
      />
      <Lines
        icon={<PencilLine size={15} className="text-warn-text" />}
        title={tn("import.changed", plan.changed.length)}
        lines={plan.changed.map((each) => ({
          key: each.name ?? "",
          text: each.name ?? "",
          more: each.fields?.join(", ") ?? "",
        }))}
      />
      <Lines
        icon={<Equal size={15} className="text-muted" />}
        title={tn("import.unchanged", plan.unchanged.length)}
        lines={[]}
      />
      <Lines
        icon={<Minus size={15} className="text-muted" />}
        title={tn("import.left_out", plan.left_out.length)}
        lines={plan.left_out.map((each) => ({ key: each.field, text: each.field, more: each.message }))}
      />
      {plan.problems.length > 0 ? <Problems problems={plan.problems} /> : null}
    </div>
  );
}

function Lines({
  icon,
  title,
  lines,
}: {
  icon: ReactNode;
  title: string;
  lines: Array<{ key: string; text: string; more?: string }>;
}) {
  if (title.startsWith("0 ")) return null;
  return (
    <div>
      <h3 className="flex items-center gap-2 font-medium">
        {icon}
        {title}
      </h3>
      {lines.length > 0 ? (
        <ul className="mt-1 flex max-h-64 flex-wrap gap-1.5 overflow-y-auto pl-6">
          {lines.map((line) => (
            <li key={line.key} className="rounded-md bg-sunken px-2 py-0.5">
              <span className="font-medium">{line.text}</span>
              {line.more ? <span className="text-muted"> {line.more}</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Problems({ problems }: { problems: readonly FieldProblem[] }) {
  return (
    <ul role="alert" className="flex flex-col gap-1 text-sm text-bad-text">
      {problems.map((each) => (
        <li key={each.field + each.message} className="flex gap-2">
          <CircleX size={15} className="mt-0.5 shrink-0" aria-hidden="true" />
          <span className="break-words">
            {each.field ? <code className="font-mono text-xs">{each.field}: </code> : null}
            {each.message}
          </span>
        </li>
      ))}
    </ul>
  );
}
