import { expect, test } from "vitest";
import { rangeOf, readServerSearch } from "./range";

test("what an address says wrongly is left out", () => {
  expect(readServerSearch({ range: "5y", tab: "x", status: 3, from: "2026-01-01" })).toEqual({});
  expect(readServerSearch({ range: "24h", tab: "overview" })).toEqual({});
  expect(readServerSearch({ from: "2026-01-02", to: "2026-01-01", range: "7d" })).toEqual({ range: "7d" });
});

test("a stretch of one's own goes before a preset and stands still", () => {
  const search = readServerSearch({ range: "7d", from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" });
  expect(rangeOf(search, 5)).toEqual({
    preset: null,
    from: Date.parse("2026-01-01T00:00:00Z"),
    to: Date.parse("2026-01-02T00:00:00Z"),
  });
  expect(rangeOf({}, 86_400_000)).toEqual({ preset: "24h", from: 0, to: 86_400_000 });
});
