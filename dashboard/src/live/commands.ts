import type { QueryClient } from "@tanstack/react-query";
import { ApiError, call } from "../api/client";
import type { Refresh, Result } from "../api/schema";
import { Store } from "../lib/store";
import { dropServer, FLEET_KEY, nextId, notices, own, refetchServers, takeServer } from "./feed";
import { moodOf } from "./fleet";
import { KEPT, type Notice } from "./notices";
import { difference, type Outlook } from "./outlook";
import type { Fleet } from "./reducer";

/** What people do with servers, and how far it is. */

export type CheckState =
  | { state: "running" }
  | { state: "done"; result: Result }
  | { state: "failed"; message: string };

/** Checks that were asked for here, by server; gone some seconds after their end. */
export const checks = new Store<Readonly<Record<string, CheckState>>>({});

export type RefreshState =
  | { progress: Refresh; stopping: boolean }
  | { endedAt: number; checked: number }
  | null;
export const refresh = new Store<RefreshState>(null);

/** Servers that were deleted here and can still be brought back. */
export const leaving = new Store<ReadonlySet<string>>(new Set());

export interface Undo {
  id: number;
  text: { kind: "deleted" | "disabled" | "enabled"; name: string };
  until: number;
  undo(): void;
}
export const undoable = new Store<Undo | null>(null);

const SHOWN_MS = 6_000;
const ECHO_MS = 4_000;
const CHECK_MS = 120_000;
const POLL_MS = 400;
export const UNDO_MS = 9_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function messageOf(e: unknown): string {
  return e instanceof ApiError ? e.message : String(e);
}

function setCheck(name: string, state: CheckState | null): void {
  checks.update(({ [name]: _, ...rest }) => (state ? { ...rest, [name]: state } : rest));
}

/** Checks a server now; the row tells what came of it. */
export async function checkServer(client: QueryClient, name: string): Promise<void> {
  if (checks.get()[name]?.state === "running") return;
  own.claim(name, Date.now() + CHECK_MS);
  setCheck(name, { state: "running" });
  let end: CheckState;
  try {
    end = { state: "done", result: await call("checkServer", { path: { name } }) };
    void refetchServers(client, [name]);
  } catch (e) {
    end = { state: "failed", message: messageOf(e) };
  }
  own.claim(name, Date.now() + ECHO_MS);
  setCheck(name, end);
  await pause(SHOWN_MS);
  if (checks.get()[name] === end) setCheck(name, null);
}

function outlook(client: QueryClient): Outlook {
  const servers = Object.values(client.getQueryData<Fleet>(FLEET_KEY)?.byName ?? {});
  return new Map(servers.map((each) => [each.name, moodOf(each)]));
}

export function say(text: NonNullable<Notice["text"]>): void {
  const now = Date.now();
  const notice: Notice = {
    id: nextId(),
    kind: "text",
    first: now,
    last: now,
    events: [],
    text,
    dismissed: false,
  };
  notices.update((list) => [notice, ...list].slice(0, KEPT));
}

/** Checks all servers; ends with what changed. `tell` puts the difference into words. */
export async function refreshAll(
  client: QueryClient,
  tell: (
    found: ReturnType<typeof difference>,
    checked: number,
    stopped: boolean,
  ) => NonNullable<Notice["text"]>,
): Promise<void> {
  const running = refresh.get();
  if (running && "progress" in running) return;
  const before = outlook(client);
  own.claimAll(Number.POSITIVE_INFINITY);
  try {
    let progress = await call("checkAllServers");
    refresh.set({ progress, stopping: false });
    while (progress.state === "running") {
      await pause(POLL_MS);
      progress = await call("getRefresh", { path: { id: progress.id } });
      refresh.update((now) => ({ progress, stopping: !!now && "stopping" in now && now.stopping }));
    }
    await client.invalidateQueries({ queryKey: FLEET_KEY });
    say(tell(difference(before, outlook(client)), progress.done, progress.state === "stopped"));
    refresh.set({ endedAt: Date.now(), checked: progress.done });
  } catch (e) {
    refresh.set(null);
    say({ title: messageOf(e), tone: "bad" });
  } finally {
    own.claimAll(Date.now() + ECHO_MS);
  }
}

export async function stopRefresh(): Promise<void> {
  const running = refresh.get();
  if (!running || !("progress" in running)) return;
  refresh.set({ ...running, stopping: true });
  await call("stopRefresh", { path: { id: running.progress.id } }).catch(() => undefined);
}

let offered: ReturnType<typeof setTimeout> | undefined;

function offer(text: Undo["text"], undo: () => void): void {
  clearTimeout(offered);
  const id = nextId();
  undoable.set({
    id,
    text,
    until: Date.now() + UNDO_MS,
    undo: () => {
      undoable.set(null);
      undo();
    },
  });
  offered = setTimeout(() => {
    if (undoable.get()?.id === id) undoable.set(null);
  }, UNDO_MS);
}

/** Has a server watched, or not. */
export async function setEnabled(
  client: QueryClient,
  name: string,
  on: boolean,
  again = false,
): Promise<void> {
  own.claim(name, Date.now() + ECHO_MS);
  try {
    await takeServer(client, () => call(on ? "enableServer" : "disableServer", { path: { name } }));
    if (!again)
      offer({ kind: on ? "enabled" : "disabled", name }, () => void setEnabled(client, name, !on, true));
  } catch (e) {
    say({ title: name, detail: messageOf(e), tone: "bad" });
  }
}

const goodbyes = new Map<string, () => void>();

/** Deletes a server with its history, but only after some seconds in which it can be brought back. */
export function deleteServer(client: QueryClient, name: string): void {
  for (const go of goodbyes.values()) go();
  leaving.update((all) => new Set(all).add(name));
  const timer = setTimeout(() => go(), UNDO_MS);
  const stay = () => {
    clearTimeout(timer);
    goodbyes.delete(name);
  };
  const go = () => {
    stay();
    void reallyDelete(client, name);
  };
  goodbyes.set(name, go);
  offer({ kind: "deleted", name }, () => {
    stay();
    returned(name);
  });
}

function returned(name: string): void {
  leaving.update((all) => new Set([...all].filter((each) => each !== name)));
}

async function reallyDelete(client: QueryClient, name: string): Promise<void> {
  try {
    await call("deleteServer", { path: { name }, keepalive: true });
    dropServer(client, name);
  } catch (e) {
    say({ title: name, detail: messageOf(e), tone: "bad" });
  }
  returned(name);
}

/** A page that is closed does what it was told. */
export function finishOnLeave(): void {
  globalThis.addEventListener("pagehide", () => {
    for (const go of goodbyes.values()) go();
  });
}
