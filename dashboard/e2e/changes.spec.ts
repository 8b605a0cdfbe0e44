import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { clientConfig, ECHO, fleet, type ToyServer } from "./fleet";
import { Monitor } from "./monitor";
import { health, live, menu, row, tile, toasts, verdict, watched } from "./page";

// What people do with servers, on their own pages and on the settings.

const NAMES = Array.from({ length: 8 }, (_, i) => `toy-${i + 1}`);
const STDIO = fileURLToPath(new URL("toy-stdio.mjs", import.meta.url));

let monitor: Monitor;
let servers: Map<string, ToyServer>;

const toy = (name: string) => servers.get(name) as ToyServer;
const saved = (page: Page) => page.getByRole("status").filter({ hasText: "Saved" });

async function open(page: Page, path: string): Promise<void> {
  await page.goto(monitor.url + path);
  await expect(live(page)).toBeVisible();
}

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  [monitor, servers] = await Promise.all([Monitor.start(), fleet(NAMES)]);
  await monitor.call("POST", "import", clientConfig(servers));
});

test.afterAll(async () => {
  await monitor?.end();
  for (const each of servers?.values() ?? []) each.kill();
});

test("a token added in the form makes the server green at once, here and in the other browser", async ({
  page,
  context,
}) => {
  const faults = watched(page);
  toy("toy-1").mode = "wants-token";
  await monitor.call("POST", "servers/toy-1/check");
  await monitor.call("POST", "servers/toy-1/check");
  const other = await context.newPage();
  await other.goto(monitor.url);
  await expect(health(other, "toy-1", "Down")).toBeVisible();
  await open(page, "servers/toy-1?tab=settings");
  await expect(verdict(page, "toy-1 is down")).toBeVisible();
  await field(page, "Sign-in").selectOption({ label: "Bearer token" });
  await field(page, "Token").fill("sesame");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(saved(page)).toContainText("it is checked at once");
  await expect(verdict(page, "toy-1 is healthy")).toBeVisible({ timeout: 3_000 });
  await expect(health(other, "toy-1", "Healthy")).toBeVisible({ timeout: 3_000 });
  await expect(field(page, "Token")).toHaveValue("••••");
  expect(faults).toEqual([]);
});

test("the end of a token is told while the page is open, and the token is not", async ({ page }) => {
  const endingIn = (seconds: number): string => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "none" })}.${part({ exp: Math.floor(Date.now() / 1_000) + seconds })}.signature`;
  };
  const give = (token: string) =>
    monitor.call("PATCH", "servers/toy-7", JSON.stringify({ auth_type: "bearer", auth_config: { token } }));
  await open(page, "servers/toy-7");
  const facts = page.getByRole("region", { name: "Facts" });
  await expect(facts).toContainText("toy");
  await expect(facts).not.toContainText("Token");
  await give(endingIn(42 * 60 + 30));
  await expect(facts).toContainText("ends in 42 min");
  await give(endingIn(8));
  await expect(facts).toContainText(/ends in \d s/);
  await expect(facts).toContainText(/ended \d s ago/);
  await expect(facts).toContainText("Put in a new one in the settings.");
  await page.evaluate(() => localStorage.setItem("pharos.language", JSON.stringify("de")));
  await page.reload();
  await expect(page.getByRole("region", { name: "Fakten" })).toContainText(/abgelaufen vor \d+ s/);
  await expect(page.locator("body")).not.toContainText("signature");
  await monitor.call("PATCH", "servers/toy-7", JSON.stringify({ auth_type: "none" }));
  await page.evaluate(() => localStorage.removeItem("pharos.language"));
});

test("address, name and tags are edited, and every page goes with the name", async ({ page, context }) => {
  const other = await context.newPage();
  await open(other, "servers/toy-2?tab=changes");
  await open(page, "servers/toy-2?tab=settings");
  await field(page, "Address").fill("http://127.0.0.1:1/mcp");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(verdict(page, "toy-2 is down")).toBeVisible({ timeout: 10_000 });
  await field(page, "Address").fill(toy("toy-2").url);
  await field(page, "Name").fill("renamed");
  await field(page, "Tags").fill("prod, eu");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/servers\/renamed\?tab=settings$/);
  await expect(saved(page)).toBeVisible();
  await expect(other).toHaveURL(/servers\/renamed\?tab=changes$/);
  await expect(verdict(other, "renamed is healthy")).toBeVisible({ timeout: 10_000 });
  await expect(verdict(page, "renamed is healthy")).toBeVisible({ timeout: 10_000 });
  await page.getByRole("link", { name: "prod" }).click();
  await expect(row(page, "renamed")).toBeVisible();
  await expect(page.locator("[data-row]")).toHaveCount(1);
});

test("a form that is wrong says so at the field and loses nothing", async ({ page }) => {
  await open(page, "servers/renamed?tab=settings");
  await field(page, "Address").fill("nowhere");
  await field(page, "Time-out (s)").fill("soon");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(field(page, "Address")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "Time-out (s)")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "Address")).toHaveValue("nowhere");
  await page.getByRole("button", { name: "Discard the changes" }).click();
  await expect(field(page, "Address")).toHaveValue(toy("toy-2").url);
});

test("a local server: its form, a new variable, its tools and what changed", async ({ page }) => {
  const args = [STDIO];
  await monitor.call("POST", "servers", JSON.stringify({ name: "local", command: process.execPath, args }));
  await open(page, "servers/local?tab=settings");
  await expect(verdict(page, "local is healthy")).toBeVisible({ timeout: 20_000 });
  await expect(field(page, "Command")).toHaveValue(process.execPath);
  const environment = page.getByRole("group", { name: "Environment" });
  await environment.getByRole("button", { name: "Add a row" }).click();
  await environment.getByRole("textbox", { name: "Name" }).fill("TOY_TOOL");
  await environment.getByLabel("Value").fill("peek");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(saved(page)).toBeVisible();
  await page.getByRole("link", { name: "Changes" }).click();
  await expect(page.getByText("peek").first()).toBeVisible({ timeout: 20_000 });
  await page.getByRole("link", { name: /^Capabilities/ }).click();
  await expect(page.getByText("peek").first()).toBeVisible();
});

test("two people edit one server: the later one is told and chooses", async ({ page }) => {
  await open(page, "servers/toy-3?tab=settings");
  await field(page, "Description").fill("mine");
  await monitor.call("PATCH", "servers/toy-3", JSON.stringify({ description: "theirs" }));
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Somebody else changed this server")).toBeVisible();
  await page.getByRole("button", { name: "Keep mine and save" }).click();
  await expect(saved(page)).toBeVisible();
  expect(await monitor.call("GET", "servers/toy-3")).toMatchObject({ description: "mine" });
});

test("a circuit that opened is seen and reset", async ({ page }) => {
  toy("toy-4").mode = "wants-token";
  const overrides = { failure_threshold: 2, unhealthy_interval_seconds: 5, circuit_timeout_seconds: 600 };
  await monitor.call("PATCH", "servers/toy-4", JSON.stringify({ overrides }));
  for (let i = 0; i < 3; i++) await monitor.call("POST", "servers/toy-4/check");
  await open(page, "servers/toy-4");
  await expect(page.getByText("Open after repeated failures")).toBeVisible();
  toy("toy-4").mode = "well";
  await page.getByRole("button", { name: "Reset the circuit" }).click();
  await expect(page.getByText("Closed: every check is made as usual.")).toBeVisible();
  await expect(verdict(page, "toy-4 is healthy")).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "Reset the circuit" }).click({ force: true });
  await expect(page.getByText("It is closed: there is nothing to reset.")).toBeVisible();
});

test("deleting from the server's page leads home and can be undone", async ({ page }) => {
  await open(page, "servers/toy-5");
  await menu(page, "toy-5", "Delete");
  await expect(row(page, "toy-6")).toBeVisible();
  await expect(row(page, "toy-5")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "toy-5")).toBeVisible();
  expect(await monitor.call("GET", "servers/toy-5")).toMatchObject({ name: "toy-5" });
});

test("a check shows its stages as they happen; disabling and enabling from the page", async ({ page }) => {
  await open(page, "servers/toy-6");
  toy("toy-6").mode = "slow";
  await page.getByRole("button", { name: "Check now" }).click();
  const seen = page.getByRole("region", { name: "What the check saw" });
  await expect(seen.getByText("Checking now: Lists…")).toBeVisible();
  await expect(seen.getByRole("rowheader", { name: "Lists" })).toBeVisible();
  toy("toy-6").mode = "well";
  await expect(seen.getByRole("button", { name: "Close the result" })).toBeVisible();
  await expect(seen.getByRole("rowheader", { name: "Lists" })).toBeVisible();
  await page.getByRole("button", { name: "Disable" }).click();
  await expect(verdict(page, "toy-6 is disabled")).toBeVisible();
  await page.getByRole("button", { name: "Check now" }).click({ force: true });
  await expect(page.getByText("It is disabled. Enable it first.")).toBeVisible();
  await page.getByRole("button", { name: "Enable" }).click();
  await expect(verdict(page, "toy-6 is healthy")).toBeVisible();
});

test("a tool is called by its form, and asked about first when it is not marked read-only", async ({
  page,
}) => {
  toy("toy-6").tools.push(ECHO);
  await open(page, "servers/toy-6?tab=capabilities");
  await monitor.call("POST", "servers/toy-6/check");
  await page.getByText("Says what it is told.").click();
  await page.getByRole("button", { name: "Call…" }).click();
  await page.getByRole("button", { name: "Call it" }).click();
  await expect(page.getByText("This is needed.")).toBeVisible();
  await page.getByLabel("text required").fill("sesame");
  await page.getByLabel("times required").fill("3");
  await page.getByRole("button", { name: "Call it" }).click();
  await expect(page.getByText("This tool is not marked as read-only")).toBeVisible();
  await page.getByRole("button", { name: "Call it all the same" }).click();
  await expect(page.getByText("sesame sesame sesame")).toBeVisible();
});

test("a setting is changed and obeyed from then on", async ({ page }) => {
  await open(page, "settings");
  toy("toy-7").mode = "slow";
  await field(page, "Degraded when slower than").fill("200");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved; obeyed from now on.")).toBeVisible();
  await monitor.call("POST", "servers/toy-7/check");
  await page.getByRole("link", { name: "Servers" }).first().click();
  await expect(health(page, "toy-7", "Degraded")).toBeVisible();
  await page.goto(`${monitor.url}settings`);
  await field(page, "Degraded when slower than").fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved; obeyed from now on.")).toBeVisible();
  toy("toy-7").mode = "well";
});

test("refresh all is a ring that can be stopped, and ends in one toast with the difference", async ({
  page,
}) => {
  for (const each of servers.values()) each.mode = "slow";
  await monitor.call("PUT", "config/limits", JSON.stringify({ max_in_flight: 1 }));
  await open(page, "");
  await page.getByRole("button", { name: "Refresh all" }).click();
  const ring = page.getByRole("button", { name: /of \d+ checked: stop/ });
  await expect(ring).toContainText(/[1-9]\/\d/);
  await ring.click();
  await expect(toasts(page)).toContainText(/Stopped after \d+ server/);
  await monitor.call("PUT", "config/limits", JSON.stringify({ max_in_flight: 256 }));

  for (const each of servers.values()) each.mode = "well";
  toy("toy-1").mode = "wants-token";
  toy("toy-8").mode = "wants-token";
  await monitor.call("POST", "servers/toy-8/check");
  await monitor.call("POST", "servers/toy-8/check");
  await expect(tile(page, "Down")).toContainText("1");
  toy("toy-8").mode = "well";
  await page.reload();
  await expect(live(page)).toBeVisible();
  await page.getByRole("button", { name: "Refresh all" }).click();
  await expect(toasts(page)).toContainText("1 recovered");
  await expect(toasts(page)).toHaveCount(1);
  await expect(health(page, "toy-8", "Healthy")).toBeVisible();
});

test("a row spins while its check runs and then tells the result in its place", async ({ page }) => {
  toy("toy-3").mode = "slow";
  await open(page, "");
  const reload = row(page, "toy-3").getByRole("button", { name: "Check toy-3 now" });
  await reload.click();
  await expect(reload).toHaveAttribute("aria-busy", "true");
  await reload.click({ force: true });
  await expect(page.getByText("Its check is running.")).toBeVisible();
  await expect(row(page, "toy-3").getByRole("status").filter({ hasText: /ms|s$/ })).toBeVisible();
  await expect(toasts(page)).toHaveCount(0);
});
