import type { Server } from "../../api/schema";

const DAY = 86_400_000;
/** Somebody has to get a new one and put it in: that takes its time. */
const SOON = 7 * DAY;

export interface TokenEnd {
  tone: "plain" | "warn" | "bad";
  /** What becomes of it: Pharos fetches a new one, or a person has to bring one. */
  note: "facts.token_renewed" | "facts.token_fetched_next" | "facts.token_replace" | null;
}

/** How a token's end is to be taken: of one that Pharos fetches itself it is no trouble. */
export function tokenEnd(auth: Server["auth_type"], until: string, now: number): TokenEnd {
  const left = Date.parse(until) - now;
  if (auth === "oauth_client_credentials") {
    return left > 0
      ? { tone: "plain", note: "facts.token_renewed" }
      : { tone: "warn", note: "facts.token_fetched_next" };
  }
  if (left <= 0) return { tone: "bad", note: "facts.token_replace" };
  return { tone: left < SOON ? "warn" : "plain", note: null };
}
