import { useEffect } from "react";
import { useStore } from "../lib/store";
import { linkState } from "../live/feed";
import { moodOf, useFleet } from "../live/fleet";

const icons = import.meta.glob<string>("./icons/*.svg", { query: "?url", import: "default", eager: true });

/** The tab tells how many are down, by its name and by its icon. */
export function useTabTitle(): void {
  const fleet = useFleet();
  const stale = useStore(linkState, (state) => state.phase === "reconnecting");
  const down = !fleet.data?.complete
    ? 0
    : Object.values(fleet.data?.byName ?? {}).filter((each) =>
        ["unhealthy", "given_up"].includes(moodOf(each)),
      ).length;
  useEffect(() => {
    document.title = down > 0 ? `(${down}) Pharos` : "Pharos";
    const name = stale ? "stale" : down === 0 ? "ok" : down > 9 ? "down-many" : `down-${down}`;
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const href = icons[`./icons/${name}.svg`];
    if (link && href && link.href !== href) link.href = href;
  }, [down, stale]);
}
