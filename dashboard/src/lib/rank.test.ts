import { expect, test } from "vitest";
import { rank } from "./rank";

const names = ["my-weather", "weather-eu", "Check weather-eu", "where at her", "docs"];
const found = (query: string) => rank(names, query, (each) => each);

test("letters in order count where nothing better fits", () => {
  expect(found("wthr")).toEqual(["my-weather", "weather-eu", "Check weather-eu", "where at her"]);
});

test("beginnings come before word beginnings", () => {
  expect(found("weather")).toEqual(["weather-eu", "my-weather", "Check weather-eu"]);
});

test("several words may stand in any order", () => {
  expect(found("eu check")).toEqual(["Check weather-eu"]);
});

test("what does not fit is left out, and nothing written fits all", () => {
  expect(found("xyz")).toEqual([]);
  expect(found(" ")).toEqual(names);
});
