import { useSyncExternalStore } from "react";
import { Store, useStore } from "./store";

/** How much the monitor's clock is ahead of this browser's, in milliseconds. */
export const skew = new Store(0);

const tick = new Store(Date.now());
let followers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  const unsubscribe = tick.subscribe(listener);
  if (followers++ === 0) {
    tick.set(Date.now());
    timer = setInterval(() => {
      if (document.visibilityState !== "hidden") tick.set(Date.now());
    }, 1_000);
  }
  return () => {
    unsubscribe();
    if (--followers === 0) clearInterval(timer);
  };
}

/** Now by the monitor's clock; ticks once a second, the same tick for everybody on the page. */
export function useNow(): number {
  const now = useSyncExternalStore(subscribe, tick.get);
  return now + useStore(skew);
}

/** Now by the monitor's clock. */
export const serverNow = (): number => Date.now() + skew.get();
