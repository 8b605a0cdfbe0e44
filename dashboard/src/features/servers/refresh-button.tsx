import { useQueryClient } from "@tanstack/react-query";
import { RefreshCw, Square } from "lucide-react";
import { useEffect, useState } from "react";
import { t, tn } from "../../i18n";
import { useStore } from "../../lib/store";
import { refresh, refreshAll, stopRefresh } from "../../live/commands";
import { useFreshness } from "../../live/fleet";
import type { Notice } from "../../live/notices";
import type { Difference } from "../../live/outlook";
import { Button } from "../../ui/button";
import { Ring } from "../../ui/ring";

const REST_MS = 10_000;

/** The difference that a refresh made, as one toast. */
export function told(found: Difference, checked: number, stopped: boolean): NonNullable<Notice["text"]> {
  const parts = [
    found.failed.length > 0 ? tn("refresh.failed", found.failed.length) : "",
    found.recovered.length > 0 ? tn("refresh.recovered", found.recovered.length) : "",
    found.other.length > 0 ? tn("refresh.other", found.other.length) : "",
  ].filter(Boolean);
  const text: NonNullable<Notice["text"]> = {
    title: stopped ? tn("refresh.stopped", checked) : tn("refresh.done", checked),
    detail: parts.length > 0 ? parts.join(", ") : t("refresh.same"),
    tone: found.failed.length > 0 ? "bad" : found.recovered.length > 0 ? "good" : "info",
  };
  if (found.failed.length > 0)
    text.link = { label: t("toast.show"), to: "/", search: { health: "unhealthy" } };
  return text;
}

/** Refresh all: becomes a ring with its progress, and can be stopped. */
export function RefreshButton({ total }: { total: number }) {
  const client = useQueryClient();
  const state = useStore(refresh);
  const { fresh } = useFreshness();
  const rested = useRested(state && "endedAt" in state ? state.endedAt : null);
  if (state && "progress" in state) {
    const { done, total: all } = state.progress;
    return (
      <Button
        onClick={() => void stopRefresh()}
        why={state.stopping ? t("refresh.stopping") : null}
        aria-label={t("refresh.stop_label", { done, total: all })}
      >
        <span className="text-accent">
          <Ring share={all === 0 ? 1 : done / all} />
        </span>
        <span className="num">
          {done}/{all}
        </span>
        <Square size={11} fill="currentColor" aria-hidden="true" className="ml-0.5 text-muted" />
        <span className="max-sm:sr-only">{t("refresh.stop")}</span>
      </Button>
    );
  }
  const why = !fresh
    ? t("why.offline")
    : total === 0
      ? t("why.none")
      : rested
        ? null
        : tn("why.just_refreshed", state && "checked" in state ? state.checked : 0);
  return (
    <Button onClick={() => void refreshAll(client, told)} why={why} title={`${t("refresh.all")} (R)`}>
      <RefreshCw size={15} aria-hidden="true" />
      <span className="max-sm:sr-only">{t("refresh.all")}</span>
    </Button>
  );
}

/** Whether some seconds have passed since the last refresh. */
function useRested(endedAt: number | null): boolean {
  const [rested, setRested] = useState(true);
  useEffect(() => {
    const left = endedAt === null ? 0 : endedAt + REST_MS - Date.now();
    setRested(left <= 0);
    if (left <= 0) return;
    const timer = setTimeout(() => setRested(true), left);
    return () => clearTimeout(timer);
  }, [endedAt]);
  return rested;
}
