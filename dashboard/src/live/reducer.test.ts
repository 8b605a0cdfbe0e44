import { expect, test } from "vitest";
import { applyEvents, BEATS, fleetOf, withServers } from "./reducer";
import { at, configChange, healthCheck, server, statusChange, toolsChange } from "./testing";

const fleet = fleetOf([server("a"), server("b")]);

test("a change of status shows the new health, since when and why", () => {
  const a = applyEvents(fleet, [statusChange("a", "healthy", "unhealthy")]).fleet.byName.a;
  expect(a).toMatchObject({
    health_status: "unhealthy",
    health_since: at(10),
    reason: { stage: "connect", kind: "refused", message: "connection refused" },
    error_count: 2,
  });
});

test("servers that nothing happened to keep their identity, so that their rows are not drawn again", () => {
  const after = applyEvents(fleet, [healthCheck("a", "healthy", 60)]).fleet;
  expect(after.byName.b).toBe(fleet.byName.b);
  expect(after.byName.a).not.toBe(fleet.byName.a);
});

test("a check is put in front of the beats, and the oldest falls off", () => {
  const full = fleetOf([server("a", { recent: Array.from({ length: BEATS }, () => ["healthy", 1]) })]);
  const a = applyEvents(full, [healthCheck("a", "unhealthy", 60, null)]).fleet.byName.a;
  expect(a?.recent).toHaveLength(BEATS);
  expect(a?.recent[0]).toEqual(["unhealthy", null]);
  expect(a?.next_check_at).toBe(at(120));
});

test("a check that the list already told is not counted twice", () => {
  const a = applyEvents(fleet, [healthCheck("a", "healthy", 0)]).fleet.byName.a;
  expect(a?.recent).toHaveLength(1);
});

test("recovery takes the reason away", () => {
  const down = applyEvents(fleet, [statusChange("a", "healthy", "unhealthy")]).fleet;
  const up = applyEvents(down, [statusChange("a", "unhealthy", "healthy", 20)]).fleet;
  expect(up.byName.a?.reason).toBeNull();
});

test("a deleted server goes, an unknown or edited one is asked for", () => {
  const gone = applyEvents(fleet, [configChange("a", "deleted")]);
  expect(Object.keys(gone.fleet.byName)).toEqual(["b"]);
  expect(applyEvents(fleet, [configChange("c", "created")]).refetch).toEqual(new Set(["c"]));
  expect(applyEvents(fleet, [healthCheck("c", "healthy", 1)]).refetch).toEqual(new Set(["c"]));
});

test("a server that is created and deleted in one paint is not asked for", () => {
  expect(applyEvents(fleet, [configChange("c", "created"), configChange("c", "deleted")]).refetch.size).toBe(
    0,
  );
});

test("while only the first page is here, unknown servers are no reason to ask", () => {
  const first = fleetOf([server("a")], {}, false);
  const after = applyEvents(first, [healthCheck("z", "healthy", 1)]);
  expect(after.refetch.size).toBe(0);
  expect(after.fleet.complete).toBe(false);
});

test("a new name has the whole list read again", () => {
  expect(applyEvents(fleet, [configChange("a", "updated", ["name"])]).refetchAll).toBe(true);
});

test("a server with another name leaves its old one in the same step", () => {
  const [a, c] = [server("a", { id: 7 }), server("c", { id: 8 })];
  const after = withServers(fleetOf([a, c]), [
    { ...a, name: "b" },
    { ...c, status: "inactive" },
  ]);
  expect(Object.keys(after.byName).sort()).toEqual(["b", "c"]);
  expect(after.byName.c?.status).toBe("inactive");
});

test("an answer that is older than what the feed told meanwhile does not undo it", () => {
  const asked = server("a", { health_status: "unknown", reason: null });
  const meanwhile = [
    configChange("a", "updated", ["auth"]),
    statusChange("a", "unknown", "healthy", 20),
    healthCheck("a", "healthy", 20),
    statusChange("b", "healthy", "unhealthy", 20),
  ];
  const after = withServers(fleet, [asked], meanwhile);
  expect(after.byName.a).toMatchObject({ health_status: "healthy", last_health_check: at(20) });
  expect(after.byName.a?.recent).toHaveLength(2);
  expect(after.byName.b).toBe(fleet.byName.b);
});

test("a server that was deleted while it was asked for stays away", () => {
  const after = withServers(fleet, [server("a")], [configChange("a", "deleted")]);
  expect(Object.keys(after.byName)).toEqual(["b"]);
});

test("changed capabilities leave a mark", () => {
  const after = applyEvents(fleet, [toolsChange("a")]);
  expect(after.fleet.changedTools).toEqual({ a: at(5) });
  expect(after.refetch).toEqual(new Set(["a"]));
});
