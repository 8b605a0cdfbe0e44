import { expect, test } from "vitest";
import { de } from "./de";
import { en } from "./en";

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map((each) => each[0]).sort();

test("both languages have the same keys, in the same order", () => {
  expect(Object.keys(de)).toEqual(Object.keys(en));
});

test("each text has the same places to fill in both languages", () => {
  for (const [key, text] of Object.entries(en)) {
    expect([key, places(de[key as keyof typeof en])]).toEqual([key, places(text)]);
  }
});

test("no text is empty, and every number of things has both forms", () => {
  const keys = new Set(Object.keys(en));
  for (const [key, text] of Object.entries({ ...en, ...de }))
    expect([key, text.trim()]).not.toEqual([key, ""]);
  const missing = [...keys].filter(
    (key) => key.endsWith("_one") && !keys.has(key.replace(/_one$/, "_other")),
  );
  expect(missing).toEqual([]);
});
