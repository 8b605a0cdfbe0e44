import { expect, test } from "vitest";
import { Coalescer } from "./coalesce";

test("two hundred events a second make at most four paints a second, and none is lost", () => {
  let now = 0;
  let timer: { at: number; run: () => void } | null = null;
  const flushed: number[][] = [];
  const gather = new Coalescer<number>((items) => flushed.push(items), 250, {
    now: () => now,
    setTimer: (run, ms) => {
      timer = { at: now + ms, run };
      return timer;
    },
  });
  for (let i = 0; i < 400; i++) {
    now = i * 5;
    const due = timer as { at: number; run: () => void } | null;
    if (due && due.at <= now) {
      timer = null;
      due.run();
    }
    gather.add(i);
  }
  (timer as { run: () => void } | null)?.run();
  expect(flushed.length).toBeLessThanOrEqual(10);
  expect(flushed.flat()).toEqual(Array.from({ length: 400 }, (_, i) => i));
});
