import { expect, test } from "vitest";
import { differences, wordDiff } from "./diff";

test("only what differs, by its place", () => {
  const before = { name: "a", schema: { properties: { x: { type: "string" }, y: { type: "string" } } } };
  const after = { schema: { properties: { x: { type: "number" }, z: {} } }, name: "a" };
  expect(differences(before, after)).toEqual([
    { path: "schema.properties.x.type", before: "string", after: "number" },
    { path: "schema.properties.y", before: { type: "string" }, after: undefined },
    { path: "schema.properties.z", before: undefined, after: {} },
  ]);
});

test("the order of keys is no difference, that of lists is", () => {
  expect(differences({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([]);
  expect(differences({ a: [1, 2] }, { a: [2, 1] })).toHaveLength(1);
});

test("texts are compared word by word", () => {
  expect(wordDiff("How many are left, and where.", "How many are left.")).toEqual([
    { kind: "same", text: "How many are " },
    { kind: "removed", text: "left, and where." },
    { kind: "added", text: "left." },
  ]);
  expect(wordDiff("same", "same")).toEqual([{ kind: "same", text: "same" }]);
});

test("a word or two that are equal by chance do not tear a difference apart", () => {
  expect(wordDiff("Orders it. Asks the customer first.", "Orders it at once, the customer waits.")).toEqual([
    { kind: "same", text: "Orders " },
    { kind: "removed", text: "it. Asks the customer first." },
    { kind: "added", text: "it at once, the customer waits." },
  ]);
});

test("both texts can be read out of the difference", () => {
  const [a, b] = ["one two  three four", "zero one three\nfour five"];
  const parts = wordDiff(a, b);
  const side = (gone: string) =>
    parts
      .filter((each) => each.kind !== gone)
      .map((each) => each.text)
      .join("");
  expect([side("added"), side("removed")]).toEqual([a, b]);
});
