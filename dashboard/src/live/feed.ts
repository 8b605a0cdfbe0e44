import type { QueryClient } from "@tanstack/react-query";
import { feedAddress } from "../api/base";
import { call } from "../api/client";
import type { EventList, Server } from "../api/schema";
import { Store } from "../lib/store";
import { Coalescer } from "./coalesce";
import type { FleetEvent } from "./events";
import { Link, type LinkState, type Socket } from "./link";
import { addEvent, type Notice, OwnActions } from "./notices";
import { applyEvents, type Fleet, fleetOf, withServers } from "./reducer";

export const FLEET_KEY = ["fleet"] as const;
export const SUMMARY_KEY = ["summary"] as const;
export const JOURNAL_KEY = ["journal"] as const;

/** At most four paints a second. */
const PAINT_MS = 250;
/** More servers than these to ask for again: ask for the whole list. */
const FEW = 20;
const PAGE = 2_000;
/** More than fit on a screen. */
const FIRST_PAGE = 100;

export const linkState = new Store<LinkState>({ phase: "connecting" });
export const notices = new Store<readonly Notice[]>([]);
export const own = new OwnActions();

let ids = 0;
export const nextId = (): number => ++ids;

/** Events since a list was asked for are applied again on what it says: it may be older than they are. */
const recentEvents: Array<{ at: number; event: FleetEvent }> = [];
const RECENT_MS = 30_000;

let firstHello: () => void = () => {};
const greeted = new Promise<void>((resolve) => {
  firstHello = resolve;
});
const HELLO_PATIENCE = 400;
let fetchedBeforeHello = false;

/** The first time, waits a moment for the feed, so that no event falls between it and the list. */
async function greet(): Promise<void> {
  if (linkState.get().phase !== "connecting") return;
  await Promise.race([greeted, new Promise((resolve) => setTimeout(resolve, HELLO_PATIENCE))]);
  fetchedBeforeHello = linkState.get().phase === "connecting";
}

type Page = { servers: Server[]; next_cursor: string | null };

/** The whole fleet. The first time, the worst of it comes first and is shown while the rest is read. */
export async function fetchFleet(client: QueryClient, signal: AbortSignal | undefined): Promise<Fleet> {
  await greet();
  const before = client.getQueryData<Fleet>(FLEET_KEY);
  const begun = Date.now();
  if (!before) {
    const page: Page = await call("listServers", { query: { limit: FIRST_PAGE, sort: "health" }, signal });
    if (page.next_cursor === null) return upToDate(page.servers, undefined, begun);
    client.setQueryData<Fleet>(FLEET_KEY, fleetOf(page.servers, {}, false));
  }
  const servers: Server[] = [];
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } =
      cursor === null ? { limit: PAGE } : { limit: PAGE, cursor };
    const page: Page = await call("listServers", { query, signal });
    servers.push(...page.servers);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return upToDate(servers, client.getQueryData<Fleet>(FLEET_KEY), begun);
}

function upToDate(servers: readonly Server[], before: Fleet | undefined, begun: number): Fleet {
  return applyEvents(fleetOf(servers, before?.changedTools), toldSince(begun)).fleet;
}

function toldSince(begun: number): FleetEvent[] {
  return recentEvents.filter((each) => each.at >= begun).map((each) => each.event);
}

/** Puts a server as the API answers into the cache, under what the feed tells meanwhile. */
export async function takeServer(client: QueryClient, request: () => Promise<Server>): Promise<Server> {
  const begun = Date.now();
  const server = await request();
  putServers(client, [server], begun);
  return server;
}

function putServers(client: QueryClient, servers: readonly Server[], begun: number): void {
  const since = toldSince(begun);
  client.setQueryData<Fleet>(FLEET_KEY, (fleet) => fleet && withServers(fleet, servers, since));
}

export function dropServer(client: QueryClient, name: string): void {
  client.setQueryData<Fleet>(FLEET_KEY, (fleet) => {
    if (!fleet) return fleet;
    const { [name]: _, ...rest } = fleet.byName;
    return { ...fleet, byName: rest };
  });
}

/** Asks for some servers again. One that is gone may have another name now: the list tells both at once. */
export async function refetchServers(client: QueryClient, names: readonly string[]): Promise<void> {
  const begun = Date.now();
  let all = names.length > FEW;
  if (!all) {
    const found = await Promise.all(
      names.map((name) =>
        call("getServer", { path: { name } }).catch((e: unknown) => {
          all ||= (e as { status?: number }).status === 404;
          return null;
        }),
      ),
    );
    putServers(
      client,
      found.filter((each) => each !== null),
      begun,
    );
  }
  if (all) await client.invalidateQueries({ queryKey: FLEET_KEY });
}

function toast(events: readonly FleetEvent[]): void {
  const now = Date.now();
  let list = notices.get();
  for (const event of events) {
    if (!own.covers(event, now)) list = addEvent(list, event, now, nextId());
  }
  notices.set(list);
}

function journal(client: QueryClient, events: readonly FleetEvent[]): void {
  const kept = events.filter((each) => each.event_id !== null);
  if (kept.length === 0) return;
  for (const [key, data] of client.getQueriesData<{ pages: EventList[]; pageParams: unknown[] }>({
    queryKey: JOURNAL_KEY,
  })) {
    const filter = (key[1] ?? {}) as { type?: string; server?: string };
    const [first, ...rest] = data?.pages ?? [];
    if (!data || !first) continue;
    const known = new Set(first.events.slice(0, 200).map((each) => each.event_id));
    const fresh = kept.filter(
      (each) =>
        !known.has(each.event_id) &&
        (!filter.type || each.type === filter.type) &&
        (!filter.server || each.mcp_name === filter.server),
    );
    if (fresh.length === 0) continue;
    const page = { ...first, events: [...fresh.toReversed(), ...first.events] };
    client.setQueryData(key, { ...data, pages: [page, ...rest] });
  }
}

function paint(client: QueryClient, events: FleetEvent[]): void {
  const fleet = client.getQueryData<Fleet>(FLEET_KEY);
  if (fleet) {
    const { fleet: after, refetch, refetchAll } = applyEvents(fleet, events);
    client.setQueryData(FLEET_KEY, after);
    if (refetchAll) void client.invalidateQueries({ queryKey: FLEET_KEY });
    else if (refetch.size > 0) void refetchServers(client, [...refetch]);
  }
  journal(client, events);
  if (events.some((each) => each.type === "monitor_state")) {
    void client.invalidateQueries({ queryKey: SUMMARY_KEY });
  }
  for (const event of events) {
    if (event.type === "mcp_capabilities_changed" || event.type === "mcp_status_change") {
      void client.invalidateQueries({ queryKey: ["server", event.mcp_name] });
    }
  }
  toast(events);
}

function remember(event: FleetEvent): void {
  const now = Date.now();
  recentEvents.push({ at: now, event });
  while (recentEvents[0] && recentEvents[0].at < now - RECENT_MS) recentEvents.shift();
}

async function poll(cursor: number | null): Promise<{ events: FleetEvent[]; cursor: number }> {
  const page = await call("listEvents", { query: cursor === null ? { limit: 1 } : { cursor, limit: 500 } });
  const events = cursor === null ? [] : (page.events as FleetEvent[]);
  return { events, cursor: Number(page.next_cursor) };
}

/** Starts the one connection of this tab. */
export function startFeed(client: QueryClient): Link {
  const clock = {
    now: () => performance.now(),
    setTimer: (run: () => void, ms: number) => setTimeout(run, ms),
  };
  const gather = new Coalescer<FleetEvent>((events) => paint(client, events), PAINT_MS, clock);
  let greetings = 0;
  const link = new Link(
    {
      open: (cursor) => new WebSocket(feedAddress(cursor)) as unknown as Socket,
      poll,
      now: () => Date.now(),
      random: Math.random,
      setTimer: (run, ms) => setTimeout(run, ms),
      clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
    },
    {
      event: (event) => {
        remember(event);
        gather.add(event);
      },
      state: (state) => linkState.set(state),
      connected: () => {
        // Checks are not replayed: what was missed of them is in the list.
        if (greetings++ > 0 || fetchedBeforeHello) refresh(client);
        firstHello();
      },
      polled: () => {
        firstHello();
        refresh(client);
      },
    },
  );
  link.start();
  globalThis.addEventListener("online", () => link.hurry());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") link.hurry();
  });
  return link;
}

function refresh(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: FLEET_KEY });
  void client.invalidateQueries({ queryKey: SUMMARY_KEY });
}
