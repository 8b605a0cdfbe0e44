import { expect, test } from "vitest";
import { nextWhy, rhythmOf } from "./next";

const fleet = {
  adaptive: true,
  interval_seconds: 60,
  healthy_interval_seconds: 300,
  degraded_interval_seconds: 60,
  unhealthy_interval_seconds: 30,
};

const server = (gap: number, rest: object = {}) => ({
  status: "active" as const,
  health_status: "healthy" as const,
  auto_disabled_at: null,
  can_auto_enable: true,
  circuit_state: "closed" as const,
  last_health_check: "2026-01-01T00:00:00.000Z",
  next_check_at: new Date(Date.UTC(2026, 0, 1) + gap * 1_000).toISOString(),
  ...rest,
});

test.each([
  ["watched", server(300)],
  ["watched", server(290)],
  ["every", server(60)],
  ["settling", server(45)],
  ["settling", server(150)],
  ["settling", server(400)],
  ["unhealthy", server(30, { health_status: "unhealthy" })],
  ["open", server(120, { health_status: "unhealthy", circuit_state: "open" })],
  ["degraded", server(60, { health_status: "degraded" })],
  ["inactive", server(60, { status: "inactive" })],
  ["given_up", server(60, { status: "inactive", auto_disabled_at: "2026-01-01T00:00:00Z" })],
  [
    "given_up_for_good",
    server(60, { status: "inactive", auto_disabled_at: "2026-01-01T00:00:00Z", can_auto_enable: false }),
  ],
  ["first", server(60, { last_health_check: null })],
])("%s", (why, known) => {
  expect(nextWhy(known, fleet).why).toBe(why);
});

test("a server's own rhythm goes before the fleet's", () => {
  const own = rhythmOf(fleet, { healthy_interval_seconds: 20, adaptive: true });
  expect(nextWhy(server(20), own)).toEqual({ why: "watched", seconds: 20 });
  expect(nextWhy(server(20), rhythmOf(fleet, { adaptive: false }))).toEqual({ why: "fixed", seconds: 60 });
});
