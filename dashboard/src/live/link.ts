import type { FeedMessage, FleetEvent } from "./events";

/**
 * How the page is connected.
 * - `connecting`: first attempt, nothing shown yet
 * - `live`: the feed is open
 * - `polling`: WebSockets do not get through, but the monitor answers
 * - `reconnecting`: nobody answers; the next attempt is at `retryAt`
 */
export type LinkState =
  | { phase: "connecting" }
  | { phase: "live" }
  | { phase: "polling"; at: number }
  | { phase: "reconnecting"; staleSince: number; retryAt: number; attempt: number };

export interface Socket {
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  onerror: (() => void) | null;
  close(): void;
}

export interface LinkParts {
  open(cursor: number | null): Socket;
  /** Journal events after the cursor; throws when nobody answers. */
  poll(cursor: number | null): Promise<{ events: FleetEvent[]; cursor: number }>;
  now(): number;
  random(): number;
  setTimer(run: () => void, ms: number): unknown;
  clearTimer(timer: unknown): void;
}

export interface LinkListener {
  /** Connected: `resumed` when the events since the last one follow; else everything must be read anew. */
  connected(resumed: boolean): void;
  event(event: FleetEvent): void;
  state(state: LinkState): void;
  /** While polling, figures must be read anew. */
  polled(): void;
}

const FIRST_RETRY = 500;
const LAST_RETRY = 8_000;
/** The monitor says something each 20 s. */
const SILENCE = 50_000;
const HELLO = 10_000;
const POLL = 4_000;
/** While polling, a WebSocket is tried now and then. */
const TRY_AGAIN = 60_000;

/** How long to wait before attempt number n (from 1), with some chance so that pages do not come in step. */
export function backOff(attempt: number, random: number): number {
  return Math.round(Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (attempt - 1)) * (0.8 + 0.4 * random));
}

/** The one connection of a tab: opens, watches over silence, comes back with its cursor, falls back to polling. */
export class Link {
  private socket: Socket | null = null;
  private timer: unknown = null;
  private current: LinkState = { phase: "connecting" };
  private cursor: number | null = null;
  private attempt = 0;
  private everOpened = false;
  private lastHeard: number;
  private pollUntil = 0;
  private stopped = false;

  private readonly parts: LinkParts;
  private readonly listener: LinkListener;

  constructor(parts: LinkParts, listener: LinkListener) {
    this.parts = parts;
    this.listener = listener;
    this.lastHeard = parts.now();
  }

  start(): void {
    this.stopped = false;
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.drop();
  }

  /** Tries at once: the network is back, the page is seen again, or somebody pressed the button. */
  hurry(): void {
    if (!this.stopped && this.current.phase === "reconnecting") this.connect();
  }

  private drop(): void {
    this.parts.clearTimer(this.timer);
    const socket = this.socket;
    this.socket = null;
    if (socket) {
      socket.onmessage = socket.onclose = socket.onerror = null;
      socket.close();
    }
  }

  private connect(): void {
    this.drop();
    const socket = this.parts.open(this.cursor);
    this.socket = socket;
    socket.onmessage = (event) => this.heard(JSON.parse(String(event.data)) as FeedMessage);
    socket.onclose = () => this.lost();
    socket.onerror = () => {};
    this.timer = this.parts.setTimer(() => this.lost(), HELLO);
  }

  private heard(message: FeedMessage): void {
    this.lastHeard = this.parts.now();
    this.parts.clearTimer(this.timer);
    this.timer = this.parts.setTimer(() => this.lost(), SILENCE);
    switch (message.type) {
      case "hello":
        this.hello(message.cursor);
        break;
      case "reset":
        this.cursor = message.cursor;
        this.listener.connected(false);
        break;
      case "keep_alive":
        this.cursor = message.cursor;
        break;
      default:
        if (message.event_id !== null) this.cursor = message.event_id;
        this.listener.event(message);
    }
  }

  private hello(cursor: number): void {
    const resumed = this.cursor !== null;
    this.cursor = cursor;
    this.attempt = 0;
    this.everOpened = true;
    this.move({ phase: "live" });
    this.listener.connected(resumed);
  }

  private lost(): void {
    this.drop();
    if (this.stopped) return;
    this.attempt++;
    // A proxy that lets no WebSocket through: see whether plain requests are answered.
    if (!this.everOpened || this.attempt >= 3) void this.poll();
    else this.retryLater();
  }

  private retryLater(): void {
    const wait = backOff(Math.max(1, this.attempt), this.parts.random());
    this.move({
      phase: "reconnecting",
      staleSince: this.lastHeard,
      retryAt: this.parts.now() + wait,
      attempt: this.attempt,
    });
    this.timer = this.parts.setTimer(() => this.connect(), wait);
  }

  private async poll(): Promise<void> {
    try {
      const page = await this.parts.poll(this.cursor);
      if (this.stopped || this.socket) return;
      this.polled(page.events, page.cursor);
    } catch {
      if (!this.stopped && !this.socket) this.retryLater();
    }
  }

  private polled(events: FleetEvent[], cursor: number): void {
    this.lastHeard = this.parts.now();
    this.cursor = cursor;
    if (this.current.phase !== "polling") this.pollUntil = this.lastHeard + TRY_AGAIN;
    this.move({ phase: "polling", at: this.lastHeard });
    for (const event of events) this.listener.event(event);
    this.listener.polled();
    const again = this.lastHeard >= this.pollUntil;
    if (again) this.pollUntil = this.lastHeard + TRY_AGAIN;
    this.timer = this.parts.setTimer(() => (again ? this.connect() : void this.poll()), POLL);
  }

  private move(state: LinkState): void {
    this.current = state;
    this.listener.state(state);
  }
}
