import { beforeEach, expect, test } from "vitest";
import type { FleetEvent } from "./events";
import { backOff, Link, type LinkState, type Socket } from "./link";
import { statusChange } from "./testing";

class FakeSocket implements Socket {
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  onerror: Socket["onerror"] = null;
  closed = false;
  readonly cursor: number | null;
  constructor(cursor: number | null) {
    this.cursor = cursor;
  }
  close() {
    this.closed = true;
  }
  say(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

let now: number;
let timers: Array<{ at: number; run: () => void }>;
let sockets: FakeSocket[];
let states: LinkState[];
let heard: FleetEvent[];
let connections: boolean[];
let pollAnswer: () => Promise<{ events: FleetEvent[]; cursor: number }>;
let link: Link;

const socket = () => sockets.at(-1) as FakeSocket;
const phase = () => states.at(-1)?.phase;

async function pass(ms: number) {
  const end = now + ms;
  for (;;) {
    await Promise.resolve()
      .then(() => {})
      .then(() => {});
    const next = timers.filter((each) => each.at <= end).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    timers = timers.filter((each) => each !== next);
    now = Math.max(now, next.at);
    next.run();
  }
  now = end;
}

beforeEach(() => {
  now = 1_000_000;
  timers = [];
  sockets = [];
  states = [];
  heard = [];
  connections = [];
  pollAnswer = () => Promise.reject(new Error("nobody"));
  link = new Link(
    {
      open: (cursor) => {
        sockets.push(new FakeSocket(cursor));
        return socket();
      },
      poll: () => pollAnswer(),
      now: () => now,
      random: () => 0.5,
      setTimer: (run, ms) => {
        const timer = { at: now + ms, run };
        timers.push(timer);
        return timer;
      },
      clearTimer: (timer) => {
        timers = timers.filter((each) => each !== timer);
      },
    },
    {
      connected: (resumed) => connections.push(resumed),
      event: (event) => heard.push(event),
      state: (state) => states.push(state),
      polled: () => connections.push(false),
    },
  );
  link.start();
});

test("hello makes it live, and everything is read anew", () => {
  socket().say({ type: "hello", cursor: 7 });
  expect(phase()).toBe("live");
  expect(connections).toEqual([false]);
});

test("after a drop it comes back with the last cursor, says when, and resumes", async () => {
  socket().say({ type: "hello", cursor: 7 });
  socket().say({ ...statusChange("a", "healthy", "unhealthy"), event_id: 9 });
  socket().onclose?.();
  expect(states.at(-1)).toEqual({ phase: "reconnecting", staleSince: now, retryAt: now + 500, attempt: 1 });
  await pass(500);
  expect(socket().cursor).toBe(9);
  socket().say({ type: "hello", cursor: 9 });
  expect(phase()).toBe("live");
  expect(connections).toEqual([false, true]);
});

test("an event of the feed only does not move the cursor", () => {
  socket().say({ type: "hello", cursor: 7 });
  socket().say({ ...statusChange("a", "healthy", "unhealthy"), event_id: null });
  socket().onclose?.();
  link.hurry();
  expect(socket().cursor).toBe(7);
});

test("reset has everything read anew", () => {
  socket().say({ type: "hello", cursor: 7 });
  socket().say({ type: "reset", cursor: 3 });
  expect(connections).toEqual([false, false]);
});

test("a connection that says nothing for long is given up", async () => {
  socket().say({ type: "hello", cursor: 7 });
  await pass(40_000);
  socket().say({ type: "keep_alive", cursor: 7 });
  await pass(40_000);
  expect(phase()).toBe("live");
  await pass(11_000);
  expect(phase()).toBe("reconnecting");
});

test("it waits longer each time, up to a bound", () => {
  expect([1, 2, 3, 4, 5, 6, 9].map((n) => backOff(n, 0.5))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
  ]);
  expect(backOff(1, 0)).toBe(400);
  expect(backOff(1, 1)).toBe(600);
});

test("where WebSockets do not get through it polls, and tries them again later", async () => {
  pollAnswer = async () => ({ events: [statusChange("a", "healthy", "unhealthy")], cursor: 4 });
  socket().onclose?.();
  await pass(0);
  expect(phase()).toBe("polling");
  expect(heard).toHaveLength(1);
  await pass(30_000);
  expect(sockets).toHaveLength(1);
  await pass(40_000);
  expect(sockets.length).toBeGreaterThan(1);
  expect(socket().cursor).toBe(4);
  socket().say({ type: "hello", cursor: 4 });
  expect(phase()).toBe("live");
});

test("when nobody answers at all it goes on trying", async () => {
  socket().onclose?.();
  await pass(1);
  expect(phase()).toBe("reconnecting");
  await pass(600);
  expect(sockets).toHaveLength(2);
});

test("after the end nothing happens any more", async () => {
  socket().say({ type: "hello", cursor: 7 });
  link.stop();
  await pass(100_000);
  expect(sockets).toHaveLength(1);
  expect(socket().closed).toBe(true);
});
