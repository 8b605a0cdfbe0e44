/** Gathers items and hands them over at most once per `interval`, the first one at once. */
export class Coalescer<T> {
  private waiting: T[] = [];
  private timer: unknown = null;
  private last = Number.NEGATIVE_INFINITY;
  private readonly flush: (items: T[]) => void;
  private readonly interval: number;
  private readonly clock: {
    now(): number;
    setTimer(run: () => void, ms: number): unknown;
  };

  constructor(
    flush: (items: T[]) => void,
    interval: number,
    clock: { now(): number; setTimer(run: () => void, ms: number): unknown },
  ) {
    this.flush = flush;
    this.interval = interval;
    this.clock = clock;
  }

  add(item: T): void {
    this.waiting.push(item);
    if (this.timer !== null) return;
    const wait = Math.max(0, this.last + this.interval - this.clock.now());
    this.timer = this.clock.setTimer(() => this.hand(), wait);
  }

  private hand(): void {
    this.timer = null;
    this.last = this.clock.now();
    const items = this.waiting;
    this.waiting = [];
    this.flush(items);
  }
}
