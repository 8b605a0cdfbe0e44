import { expect, test } from "vitest";
import { clockTime, latency, percent, shortAddress } from "./format";

test("times are of 24 hours", () => {
  const evening = new Date(2026, 10, 22, 21, 5, 9).getTime();
  expect(clockTime(evening, evening, "en")).toBe("21:05:09");
  expect(clockTime(new Date(2026, 10, 22, 0, 5, 9).getTime(), evening, "en")).toBe("00:05:09");
});

test.each([
  [1, "100 %"],
  [0.999996, "99.99 %"],
  [0.9993, "99.93 %"],
  [0.5, "50.00 %"],
  [0, "0.00 %"],
  [null, "–"],
])("%s is shown as %s: never rounded up", (share, text) => {
  expect(percent(share, "en")).toBe(text);
});

test.each([
  [0.42, "0.4 ms"],
  [33.6, "34 ms"],
  [999, "999 ms"],
  [1_254, "1.25 s"],
  [12_345, "12.3 s"],
  [null, "–"],
])("%s ms are shown as %s", (ms, text) => {
  expect(latency(ms, "en")).toBe(text);
});

test("an address loses its scheme and the last slash", () => {
  expect(shortAddress("https://weather.example/mcp/")).toBe("weather.example/mcp");
  expect(shortAddress("/usr/bin/node /srv/notes/server.mjs")).toBe("node /srv/notes/server.mjs");
  expect(shortAddress("npx -y toy")).toBe("npx -y toy");
});
