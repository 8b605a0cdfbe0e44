import { remembered } from "../lib/store";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const theme = remembered<Theme>("pharos.theme", "auto", (value): value is Theme =>
  THEMES.includes(value as Theme),
);

function apply(): void {
  const chosen = theme.get();
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

/** Follows the choice from now on. */
export function startTheme(): void {
  apply();
  theme.subscribe(apply);
}

export function nextTheme(): void {
  theme.update((now) => THEMES[(THEMES.indexOf(now) + 1) % THEMES.length] ?? "auto");
}
