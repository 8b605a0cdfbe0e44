import { expect, test } from "vitest";
import { server as serverOf } from "../../live/testing";
import { changesOf, draftOf, row } from "./edit";

const server = serverOf("one", {
  url: "http://localhost/mcp",
  auth_type: "bearer",
  auth_config: { token: "••••" },
  headers: {},
  overrides: { interval_seconds: 20, adaptive: true },
});

test("nothing changed is nothing to send", () => {
  expect(changesOf(server, draftOf(server))).toEqual({});
});

test("only what differs is sent, with the type that the API wants", () => {
  const draft = {
    ...draftOf(server),
    tags: "a, b  c",
    timeout_seconds: "2,5",
    overrides: { interval_seconds: "", adaptive: "false", fail_after: "3" },
    headers: [row("X-One", "1"), row("", "lost")],
  };
  expect(changesOf(server, draft)).toEqual({
    tags: ["a", "b", "c"],
    timeout_seconds: 2.5,
    overrides: { adaptive: false, fail_after: 3 },
    headers: { "X-One": "1" },
  });
});

test("a secret that stays is sent as its dots, when the rest of the sign-in changes", () => {
  const draft = {
    ...draftOf(server),
    auth_type: "api_key" as const,
    auth: { header: "X-Key", key: "k", token: "••••" },
  };
  expect(changesOf(server, draft)).toEqual({
    auth_type: "api_key",
    auth_config: { header: "X-Key", key: "k" },
  });
});

test("what is no number is sent as it was written", () => {
  expect(changesOf(server, { ...draftOf(server), timeout_seconds: "soon" })).toEqual({
    timeout_seconds: "soon",
  });
});
