import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { call } from "../../api/client";
import type { Server } from "../../api/schema";
import { t } from "../../i18n";
import { useStore } from "../../lib/store";
import { type CheckState, checks } from "../../live/commands";
import { ResultPanel, Stages } from "../../parts/result";
import { Button } from "../../ui/button";
import { Ring } from "../../ui/ring";
import { w } from "./words";

const LOOK_MS = 200;

/** The check that was asked for: its stages as they happen, then all of it; stays until it is closed. */
export function CheckResult({ server }: { server: Server }) {
  const check = useStore(checks, (all) => all[server.name]);
  const [kept, setKept] = useState<CheckState | null>(null);
  useEffect(() => {
    if (check) setKept(check);
  }, [check]);
  if (!kept) return null;
  return (
    <section aria-label={w("check.title")} className="card animate-rise p-4">
      {kept.state === "running" ? (
        <Running name={server.name} />
      ) : (
        <div aria-live="polite" className="flex items-start gap-3">
          <div className="min-w-0 max-w-3xl flex-1">
            {kept.state === "done" ? (
              <ResultPanel result={kept.result} asked={server.url} />
            ) : (
              <p className="text-bad-text">{kept.message}</p>
            )}
          </div>
          <span className="ml-auto">
            <Button kind="ghost" small label={w("check.close")} onClick={() => setKept(null)}>
              <X size={15} />
            </Button>
          </span>
        </div>
      )}
    </section>
  );
}

/** How far it is, asked for again and again: a check is short, and most are over before the second answer. */
function Running({ name }: { name: string }) {
  const progress = useQuery({
    queryKey: ["stages", name],
    queryFn: ({ signal }) => call("getCheckStages", { path: { name }, signal }),
    refetchInterval: LOOK_MS,
    gcTime: 0,
  });
  const stages = progress.data?.stages ?? [];
  const now = stages.at(-1)?.stage;
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <p role="status" className="flex items-center gap-2.5 text-muted">
        <span className="text-accent">
          <Ring share={null} />
        </span>
        {now ? w("check.at", { stage: t(`stage.${now}`) }) : w("check.running")}
      </p>
      <Stages stages={stages} failed={null} />
    </div>
  );
}
