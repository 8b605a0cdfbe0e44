import { expect, type Page, test } from "@playwright/test";
import { clientConfig, fleet, type ToyServer } from "./fleet";
import { behindPrefix, Monitor } from "./monitor";
import { health, live, menu, row, tile, toasts, watched } from "./page";

const NAMES = Array.from({ length: 30 }, (_, i) => `server-${String(i + 1).padStart(2, "0")}`);

let monitor: Monitor;
let servers: Map<string, ToyServer>;

const toy = (name: string) => servers.get(name) as ToyServer;
async function home(page: Page, query = ""): Promise<void> {
  await page.goto(monitor.url + query);
  await expect(page.locator("[data-row]").first()).toBeVisible();
  await expect(live(page)).toBeVisible();
}

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  [monitor, servers] = await Promise.all([Monitor.start(), fleet(NAMES)]);
});

test.afterAll(async () => {
  await monitor?.end();
  for (const each of servers?.values() ?? []) each.kill();
});

test("from the first run to thirty green rows by import", async ({ page }) => {
  const faults = watched(page);
  await page.goto(monitor.url);
  await page.getByRole("link", { name: "Import a file" }).click();
  await page.getByRole("textbox", { name: /Paste the configuration/ }).fill(clientConfig(servers));
  await expect(page.getByText("30 new servers")).toBeVisible();
  await page.getByRole("button", { name: "Import 30 servers" }).click();
  await expect(page.getByText("All 30 servers are fine.")).toBeVisible({ timeout: 30_000 });
  await expect(tile(page, "Healthy")).toContainText("30");
  expect(faults).toEqual([]);
});

test("a killed server turns red by itself in both browsers, and its return is seen", async ({
  page,
  context,
}) => {
  const other = await context.newPage();
  await Promise.all([home(page, "?q=server-07"), home(other, "?q=server-07")]);
  await page.waitForTimeout(1_500);
  const begun = Date.now();
  toy("server-07").kill();
  await expect(health(page, "server-07", "Down")).toBeVisible();
  const after = Date.now() - begun;
  await expect(health(other, "server-07", "Down")).toBeVisible();
  test.info().annotations.push({ type: "red after", description: `${after} ms` });
  console.log(`red on screen ${after} ms after the kill`);
  await expect(toasts(page)).toContainText("server-07: Healthy → Down");
  await expect(page).toHaveTitle("(1) Pharos");
  await toy("server-07").start();
  await expect(health(page, "server-07", "Healthy")).toBeVisible();
  await expect(toasts(page).filter({ hasText: "Down → Healthy" })).toBeVisible();
  await expect(page).toHaveTitle("Pharos");
});

test("checking one tells in place, checking all ends in one toast, a second press is explained", async ({
  page,
}) => {
  await home(page);
  await row(page, "server-01").getByRole("button", { name: "Check server-01 now" }).click();
  await expect(row(page, "server-01").getByRole("status")).toContainText(/ms$/);
  await page.keyboard.press("Shift+R");
  await expect(toasts(page)).toContainText("Checked all 30 servers");
  await expect(toasts(page)).toContainText("Nothing changed.");
  await page.getByRole("button", { name: "Refresh all" }).click({ force: true });
  await expect(page.getByText("All 30 servers were checked a moment ago.")).toBeVisible();
});

test("the monitor killed under an open page: stale is said, then it resumes and nothing is missed", async ({
  page,
}) => {
  await home(page);
  await monitor.kill();
  await expect(page.getByText(/^The monitor does not answer\. Everything here is as of/)).toBeVisible();
  await expect(page.locator("[data-stale=true]")).toBeVisible();
  toy("server-09").kill();
  await monitor.run();
  await expect(live(page)).toBeVisible({ timeout: 30_000 });
  await expect(health(page, "server-09", "Down")).toBeVisible({ timeout: 60_000 });
  await expect(toasts(page).filter({ hasText: "server-09" })).toHaveCount(1);
  await toy("server-09").start();
  await expect(health(page, "server-09", "Healthy")).toBeVisible({ timeout: 20_000 });
});

test("add with a look first, disable and enable, delete with undo, delete", async ({ page }) => {
  const added = await fleet(["extra"]);
  await home(page);
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await page.getByRole("textbox", { name: "What shall be watched?" }).fill(added.get("extra")?.url ?? "");
  await expect(page.getByText("MCP 2025-11-25")).toBeVisible();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("extra");
  await page.getByRole("button", { name: "Save and watch" }).click();
  await page.goto(`${monitor.url}?q=extra`);
  await expect(health(page, "extra", "Healthy")).toBeVisible();

  await menu(page, "extra", "Disable");
  await expect(health(page, "extra", "Disabled")).toBeVisible();
  await menu(page, "extra", "Enable");
  await expect(health(page, "extra", "Healthy")).toBeVisible();
  await menu(page, "extra", "Delete");
  await expect(row(page, "extra")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "extra")).toBeVisible();
  await menu(page, "extra", "Delete");
  await expect
    .poll(
      () =>
        monitor.call("GET", "servers/extra").then(
          () => "there",
          () => "gone",
        ),
      { timeout: 20_000 },
    )
    .toBe("gone");
  for (const each of added.values()) each.kill();
});

test("a server that cannot be reached can be saved all the same", async ({ page }) => {
  await page.goto(`${monitor.url}add`);
  await page.getByRole("textbox", { name: "What shall be watched?" }).fill("http://127.0.0.1:1/mcp");
  await expect(page.getByText("It can be saved all the same.")).toBeVisible();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("nobody");
  await page.getByRole("button", { name: "Save and watch" }).click();
  await expect(health(page, "nobody", "Down")).toBeVisible();
  await monitor.call("DELETE", "servers/nobody");
  await expect(row(page, "nobody")).toHaveCount(0);
});

test("palette and keys lead everywhere", async ({ page }) => {
  await home(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /Find anything/ }).fill("server-12");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/servers\/server-12$/);
  await page.keyboard.press("g");
  await page.keyboard.press("j");
  await expect(page.getByRole("heading", { name: "Journal" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.keyboard.press("/");
  await page.keyboard.type("server-12");
  await expect(page.locator("[data-row]")).toHaveCount(1);
  await expect(page).toHaveURL(/q=server-12/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/servers\/server-02$/);
});

test("the journal tells what happens while it is open", async ({ page }) => {
  await page.goto(`${monitor.url}journal?server=server-20`);
  await expect(page.locator("ol li").first()).toBeVisible();
  await monitor.call("POST", "servers/server-20/disable");
  await expect(page.locator("ol li").filter({ hasText: "Definition disabled" }).first()).toBeVisible();
  await monitor.call("POST", "servers/server-20/enable");
});

test("everything works behind a prefix, on every screen's own address", async ({ page }) => {
  const faults = watched(page);
  const proxy = await behindPrefix(monitor, "/ops/pharos");
  await page.goto(`${proxy.url}servers/server-03`);
  await expect(page.getByRole("heading", { name: "server-03" })).toBeVisible();
  await expect(live(page)).toBeVisible();
  await page.getByRole("link", { name: "Journal" }).first().click();
  await expect(page).toHaveURL(`${proxy.url}journal`);
  await page.getByRole("link", { name: "Servers" }).first().click();
  await expect(page.locator("[data-row]").first()).toBeVisible();
  expect(faults).toEqual([]);
  proxy.close();
});
