import { describe, expect, it } from "vitest";
import { at, T0 } from "../../live/testing";
import { tokenEnd } from "./token";

const DAY = 86_400;

describe("the end of a token", () => {
  it.each([
    ["bearer", 30 * DAY, "plain", null],
    ["bearer", 7 * DAY, "plain", null],
    ["bearer", 7 * DAY - 1, "warn", null],
    ["bearer", 1, "warn", null],
    ["bearer", 0, "bad", "facts.token_replace"],
    ["bearer", -3_600, "bad", "facts.token_replace"],
    ["headers", -1, "bad", "facts.token_replace"],
    ["oauth_client_credentials", 3_600, "plain", "facts.token_renewed"],
    ["oauth_client_credentials", 1, "plain", "facts.token_renewed"],
    ["oauth_client_credentials", 0, "warn", "facts.token_fetched_next"],
  ] as const)("of %s in %d s is %s", (auth, seconds, tone, note) => {
    expect(tokenEnd(auth, at(seconds), T0)).toEqual({ tone, note });
  });
});
