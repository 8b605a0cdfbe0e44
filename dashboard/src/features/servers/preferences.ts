import { remembered } from "../../lib/store";

export const COLUMNS = ["transport", "beats", "latency", "uptime", "tools", "last", "next"] as const;
export type ColumnId = (typeof COLUMNS)[number];

export interface Preferences {
  density: "comfortable" | "compact";
  hidden: ColumnId[];
}

const isPreferences = (value: unknown): value is Preferences => {
  const it = value as Preferences | null;
  return (
    typeof it === "object" &&
    it !== null &&
    (it.density === "comfortable" || it.density === "compact") &&
    Array.isArray(it.hidden) &&
    it.hidden.every((each) => COLUMNS.includes(each))
  );
};

/** How this person likes the list; kept in the browser. */
export const preferences = remembered<Preferences>(
  "pharos.servers",
  { density: "comfortable", hidden: [] },
  isPreferences,
);

export function showColumn(id: ColumnId, shown: boolean): void {
  preferences.update((now) => ({
    ...now,
    hidden: shown ? now.hidden.filter((each) => each !== id) : [...now.hidden, id],
  }));
}
