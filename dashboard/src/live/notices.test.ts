import { expect, test } from "vitest";
import { addEvent, dismiss, KEPT, kindOf, type Notice, OwnActions, sticks } from "./notices";
import { configChange, healthCheck, statusChange, toolsChange } from "./testing";

const down = (name: string) => statusChange(name, "healthy", "unhealthy");

test("the same kind within 5 s becomes one toast, later ones a new one", () => {
  let list: Notice[] = [];
  list = addEvent(list, down("a"), 0, 1);
  list = addEvent(list, down("b"), 4_000, 2);
  list = addEvent(list, down("c"), 8_000, 3);
  expect(list).toHaveLength(1);
  expect(list[0]?.events.map((each) => each.mcp_name)).toEqual(["a", "b", "c"]);
  list = addEvent(list, down("d"), 13_001, 4);
  expect(list.map((each) => each.id)).toEqual([4, 1]);
});

test("different kinds stay apart", () => {
  const list = addEvent(addEvent([], down("a"), 0, 1), statusChange("a", "unhealthy", "healthy"), 100, 2);
  expect(list.map((each) => each.kind)).toEqual(["recovered", "down"]);
});

test("a server counts once in a toast", () => {
  const list = addEvent(addEvent([], down("a"), 0, 1), down("a"), 100, 2);
  expect(list[0]?.events).toHaveLength(1);
});

test("a closed toast takes no more events", () => {
  const list = addEvent(dismiss(addEvent([], down("a"), 0, 1), 1), down("b"), 100, 2);
  expect(list.map((each) => [each.id, each.dismissed])).toEqual([
    [2, false],
    [1, true],
  ]);
});

test("the last 50 are kept", () => {
  let list: Notice[] = [];
  for (let i = 0; i < 60; i++) list = addEvent(list, down("a"), i * 10_000, i);
  expect(list).toHaveLength(KEPT);
  expect(list[0]?.id).toBe(59);
});

test("a first good look, checks and edits are no news; bad news sticks", () => {
  expect(kindOf(statusChange("a", "unknown", "healthy"))).toBeNull();
  expect(kindOf(healthCheck("a", "healthy", 1))).toBeNull();
  expect(kindOf(configChange("a", "updated"))).toBeNull();
  expect(kindOf(toolsChange("a"))).toBe("tools");
  expect(sticks("down")).toBe(true);
  expect(sticks("recovered")).toBe(false);
});

test("what an own action causes needs no toast, for a while", () => {
  const own = new OwnActions();
  own.claim("a", 100);
  expect(own.covers(down("a"), 50)).toBe(true);
  expect(own.covers(down("b"), 50)).toBe(false);
  expect(own.covers(down("a"), 101)).toBe(false);
  own.claimAll(200);
  expect(own.covers(down("b"), 150)).toBe(true);
  expect(own.covers(down("b"), 201)).toBe(false);
});
