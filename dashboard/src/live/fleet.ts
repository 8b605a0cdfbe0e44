import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { call } from "../api/client";
import type { Health, Server } from "../api/schema";
import { skew } from "../lib/clock";
import { useStore } from "../lib/store";
import { FLEET_KEY, fetchFleet, linkState, SUMMARY_KEY } from "./feed";

/** What a server is to a person: its health, unless nobody looks: then whether somebody wanted that. */
export type Mood = Health | "given_up" | "inactive" | "maintenance";

/** Worst first. */
export const MOODS: readonly Mood[] = [
  "unhealthy",
  "given_up",
  "degraded",
  "unknown",
  "maintenance",
  "healthy",
  "inactive",
];

export function moodOf(
  server: Pick<Server, "status" | "maintenance" | "health_status" | "auto_disabled_at">,
): Mood {
  if (server.status === "inactive") return server.auto_disabled_at === null ? "inactive" : "given_up";
  return server.maintenance ? "maintenance" : server.health_status;
}

export function useFleet() {
  const client = useQueryClient();
  return useQuery({
    queryKey: FLEET_KEY,
    queryFn: ({ signal }) => fetchFleet(client, signal),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
}

export function useSummary() {
  const query = useQuery({
    queryKey: SUMMARY_KEY,
    queryFn: async ({ signal }) => {
      const summary = await call("getSummary", { signal });
      return { ...summary, heardAt: Date.now() };
    },
    refetchInterval: 15_000,
  });
  const data = query.data;
  useEffect(() => {
    // Times on screen are the monitor's; a browser's clock may be wrong by minutes.
    if (data) {
      const ahead = Date.parse(data.now) - data.heardAt;
      skew.set(Math.abs(ahead) < 1_500 ? 0 : ahead);
    }
  }, [data]);
  return query;
}

/** States of the monitor in which it does not see the whole fleet as it is now. */
const BEHIND: readonly string[] = ["redis_lost", "cut_off"];

/** Since when the monitor that answers is behind, and why, in its own words; null when it is not. */
export function useBehind(): { since: number; why: string } | null {
  const { data } = useSummary();
  return data && BEHIND.includes(data.state)
    ? { since: Date.parse(data.state_since), why: data.message }
    : null;
}

/** Whether figures on screen are of now; else since when not. */
export function useFreshness(): { fresh: boolean; staleSince: number | null } {
  const state = useStore(linkState);
  const behind = useBehind();
  const staleSince = state.phase === "reconnecting" ? state.staleSince : (behind?.since ?? null);
  return { fresh: staleSince === null, staleSince };
}
