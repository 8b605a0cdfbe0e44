import { expect, test } from "vitest";
import { rank } from "./rank";

const names = ["my-weather", "weather-eu", "Check weather-eu", "where at her", "docs"];
const found = (query: string) => rank(names, query, (each) => each);

test("beginnings come before word beginnings, and those before letters in order", () => {
  expect(found("weather")).toEqual(["weather-eu", "my-weather", "Check weather-eu", "where at her"]);
});

test("several words may stand in any order", () => {
  expect(found("eu check")).toEqual(["Check weather-eu"]);
});

test("what does not fit is left out, and nothing written fits all", () => {
  expect(found("xyz")).toEqual([]);
  expect(found(" ")).toEqual(names);
});
