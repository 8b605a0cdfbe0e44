import { useQueryClient } from "@tanstack/react-query";
import { CircleCheck, Lock } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ApiError, call } from "../../api/client";
import type { FieldProblem, Server } from "../../api/schema";
import { t } from "../../i18n";
import { own, takeServer } from "../../live/feed";
import { useFreshness } from "../../live/fleet";
import { Button } from "../../ui/button";
import { Ring } from "../../ui/ring";
import { changesOf, type Draft, draftOf, touchesSpeech } from "./edit";
import { Common, Local, Overrides, Remote, Rest, Unplaced } from "./edit-parts";
import { w } from "./edit-words";

const ECHO_MS = 4_000;

type Outcome =
  | { kind: "busy" }
  | { kind: "saved"; checks: boolean }
  | { kind: "stale"; theirs: Server }
  | { kind: "wrong"; errors: FieldProblem[] }
  | null;

/** The definition of a server, to change. Two people at once: the later one is told, nothing is lost. */
export function EditTab({ server }: { server: Server }) {
  const client = useQueryClient();
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
      // The page goes with the server's name.
      const after = await takeServer(client, () =>
        call("updateServer", { path: { name: base.name }, body: { ...changes, version } }),
      );
      own.claim(after.name, Date.now() + ECHO_MS);
      begin(after);
      setOutcome({ kind: "saved", checks: touchesSpeech(changes) });
    } catch (e) {
      const problem = e instanceof ApiError ? e : new ApiError(0, "bug", String(e));
      if (problem.kind === "stale_version") {
        const theirs = await takeServer(client, () => call("getServer", { path: { name: base.name } })).catch(
          () => null,
        );
        if (theirs) {
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
        <div
          className={`-mx-1 flex items-center gap-3 bg-bg px-1 py-2 ${dirty || outcome ? "sticky bottom-16 z-10 sm:bottom-0" : ""}`}
        >
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
