import { expect, test } from "vitest";
import { at, server } from "../../live/testing";
import { count, keepOrder, matches, readSearch, sortServers, toggleMood } from "./filter";

const fleet = [
  server("b-fine", { response_time_ms: 30 }),
  server("a-fine", { response_time_ms: 5 }),
  server("down", { health_status: "unhealthy", response_time_ms: null }),
  server("slow", { health_status: "degraded", response_time_ms: 900 }),
  server("off", { status: "inactive", health_status: "unhealthy" }),
  server("lost", { status: "inactive", health_status: "unhealthy", auto_disabled_at: at(1) }),
  server("new", { health_status: "unknown", last_health_check: null }),
  server("mended", { health_status: "unhealthy", maintenance: true }),
];
const order = (...args: [Parameters<typeof sortServers>[1], boolean]) =>
  sortServers(fleet, ...args).map((each) => each.name);

test("the worst come first, then those that were given up; who is not to be watched comes last", () => {
  expect(order("worst", false)).toEqual(["down", "lost", "slow", "new", "mended", "a-fine", "b-fine", "off"]);
});

test("unknown values stand last in both directions", () => {
  expect(order("latency", false).slice(0, 2)).toEqual(["a-fine", "lost"]);
  expect(order("latency", false).at(-1)).toBe("down");
  expect(order("latency", true)[0]).toBe("slow");
  expect(order("latency", true).at(-1)).toBe("down");
  expect(order("last", true).at(-1)).toBe("new");
});

test("names are in the order of people: 2 before 10", () => {
  const named = sortServers([server("s10"), server("S2"), server("s1")], "name", false);
  expect(named.map((each) => each.name)).toEqual(["s1", "S2", "s10"]);
});

test("all words must be found, in name, address, tag or reason", () => {
  const weather = server("weather", {
    tags: ["prod"],
    reason: { stage: "dns", kind: "x", message: "No such host" },
  });
  expect(matches(weather, { q: "WEA prod" })).toBe(true);
  expect(matches(weather, { q: "such host" })).toBe(true);
  expect(matches(weather, { q: "weather test" })).toBe(false);
  expect(matches(weather, { tag: "prod", transport: "streamable-http" })).toBe(true);
  expect(matches(weather, { health: "unhealthy,degraded" })).toBe(false);
});

test("an inactive server is counted as that, whatever its health was", () => {
  expect(count(fleet)).toEqual({
    unhealthy: 1,
    given_up: 1,
    degraded: 1,
    unknown: 1,
    maintenance: 1,
    healthy: 2,
    inactive: 1,
  });
});

test("an address with nonsense is read as far as it makes sense", () => {
  expect(readSearch({ q: 42, health: "unhealthy,purple", sort: "-latency", view: "cubes", tag: "" })).toEqual(
    {
      q: "42",
      health: "unhealthy",
      sort: "-latency",
    },
  );
  expect(readSearch({ sort: "worst", window: "1y" })).toEqual({});
});

test("a tile adds its health to the filter and takes it away again", () => {
  expect(toggleMood(undefined, "unhealthy")).toBe("unhealthy");
  expect(toggleMood("unhealthy", "degraded")).toBe("unhealthy,degraded");
  expect(toggleMood("unhealthy", "unhealthy")).toBeUndefined();
});

test("rows stay where they are while somebody points at them", () => {
  expect(keepOrder(["a", "b", "c"], ["c", "a", "d"])).toEqual({ order: ["a", "d", "c"], moved: 1 });
  expect(keepOrder(["a", "c"], ["a", "b", "c"])).toEqual({ order: ["a", "b", "c"], moved: 0 });
  expect(keepOrder(["a", "b"], ["a", "b"])).toEqual({ order: ["a", "b"], moved: 0 });
});

test("a time is compared as time", () => {
  const early = server("early", { next_check_at: at(5) });
  const late = server("late", { next_check_at: at(500) });
  expect(sortServers([late, early], "next", false)[0]?.name).toBe("early");
});
