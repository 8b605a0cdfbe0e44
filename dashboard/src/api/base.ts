/**
 * Where the monitor is served, with a slash at the end. Every built script lies in `assets/` beside
 * the first page, so its own address tells the prefix, whatever proxy stands in front.
 */
export const BASE: URL = import.meta.env.PROD
  ? new URL(/* @vite-ignore */ "../", import.meta.url)
  : new URL("/", globalThis.location?.href ?? "http://localhost/");

/** The path that our routes begin with: `/` or `/prefix/`. */
export const BASE_PATH = BASE.pathname;

/** The address of the live feed. */
export function feedAddress(cursor: number | null): string {
  const url = new URL("ws", BASE);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  if (cursor !== null) url.searchParams.set("cursor", String(cursor));
  return url.href;
}
