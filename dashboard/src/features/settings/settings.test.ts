import { expect, test } from "vitest";
import { at, server } from "../../live/testing";
import { changed, GROUPS, pace } from "./fields";
import { bytesText, readMetrics, total } from "./metrics";

test("only what differs is sent, as numbers, switches and nothing", () => {
  const values = { interval_seconds: 60, adaptive: true, slow_after_ms: 5_000, fail_after: 2 };
  const draft = { interval_seconds: "4,5", adaptive: "false", slow_after_ms: " ", fail_after: "2 " };
  expect(changed(GROUPS.health_check, values, draft)).toEqual({
    interval_seconds: 4.5,
    adaptive: false,
    slow_after_ms: null,
  });
});

test("what is no number is left to the API to refuse", () => {
  expect(changed(GROUPS.limits, { max_in_flight: 3 }, { max_in_flight: "many" })).toEqual({
    max_in_flight: "many",
  });
});

test("the pace is what the gaps between checks make", () => {
  const every30 = server("a", { last_health_check: at(0), next_check_at: at(30) });
  const off = server("b", { status: "inactive", last_health_check: at(0), next_check_at: at(30) });
  expect(pace([every30, every30, off])).toBe(240);
});

test("metrics are read with their labels, comments left out", () => {
  const samples = readMetrics(
    '# HELP x y\nqueue{queue="due",other="a \\"b\\""} 2.0\nqueue{queue="store"} 3\nplain 1.5E3\n',
  );
  expect(samples[0]?.labels).toEqual({ queue: "due", other: 'a "b"' });
  expect(total(samples, "queue")).toBe(5);
  expect(total(samples, "queue", { queue: "store" })).toBe(3);
  expect(total(samples, "plain")).toBe(1_500);
  expect(total(samples, "none")).toBeNull();
});

test("bytes are told in the unit that fits", () => {
  expect([0, 999, 4_509_344, 32_000_000].map((each) => bytesText(each, "en"))).toEqual([
    "0 B",
    "999 B",
    "4.5 MB",
    "32 MB",
  ]);
});
