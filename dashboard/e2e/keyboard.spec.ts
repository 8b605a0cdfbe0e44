import { expect, type Page, test } from "@playwright/test";
import { clientConfig, fleet, type ToyServer } from "./fleet";
import { Monitor } from "./monitor";
import { health, live, row, tabTo } from "./page";

// Everything here is done without a mouse, and without giving anything the focus but by keys.

let monitor: Monitor;
let servers: Map<string, ToyServer>;

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

async function home(page: Page): Promise<void> {
  await page.goto(monitor.url);
  await expect(live(page)).toBeVisible();
  await expect(page.locator("[data-row], main h1").first()).toBeVisible();
}

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  [monitor, servers] = await Promise.all([Monitor.start(), fleet(["one", "two", "three"])]);
});

test.afterAll(async () => {
  await monitor?.end();
  for (const each of servers?.values() ?? []) each.kill();
});

test("import", async ({ page }) => {
  await home(page);
  await tabTo(page, "Import a file");
  await press(page, "Enter");
  const text = page.getByRole("textbox", { name: /Paste the configuration/ });
  await expect(text).toBeFocused();
  await page.keyboard.insertText(clientConfig(servers));
  await expect(page.getByText("3 new servers")).toBeVisible();
  await tabTo(page, "Import 3 servers");
  await press(page, "Enter");
  await expect(page.getByText("All 3 servers are fine.")).toBeVisible();
});

test("add, see, edit, delete", async ({ page }) => {
  const extra = await fleet(["extra"]);
  await home(page);
  await press(page, "g", "a");
  await expect(page.getByRole("textbox", { name: "What shall be watched?" })).toBeFocused();
  await page.keyboard.insertText(extra.get("extra")?.url ?? "");
  await expect(page.getByText("MCP 2025-11-25")).toBeVisible();
  await tabTo(page, "Name");
  await press(page, "Control+a");
  await page.keyboard.type("extra");
  await press(page, "Enter");
  await expect(health(page, "extra", "Healthy")).toBeVisible();

  await press(page, "/");
  await page.keyboard.type("extra");
  await expect(page.locator("[data-row]")).toHaveCount(1);
  await press(page, "Enter", "Enter");
  await expect(page).toHaveURL(/servers\/extra$/);
  await tabTo(page, "Settings", "a");
  await press(page, "Enter");
  await tabTo(page, "Description");
  await page.keyboard.type("by keys");
  await press(page, "Enter");
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(await monitor.call("GET", "servers/extra")).toMatchObject({ description: "by keys" });

  await page.reload();
  await expect(live(page)).toBeVisible();
  await tabTo(page, "More for extra");
  await press(page, "Enter");
  await expect(page.getByRole("menuitem", { name: "Copy link" })).toBeFocused();
  await press(page, "d");
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
  await press(page, "Enter");
  await expect(row(page, "one")).toBeVisible();
  await expect(row(page, "extra")).toHaveCount(0);
  for (const each of extra.values()) each.kill();
});

test("the journal is filtered", async ({ page }) => {
  await home(page);
  await press(page, "g", "j");
  await tabTo(page, "All events");
  await page.keyboard.type("Definitions");
  await press(page, "Tab");
  await expect(page).toHaveURL(/type=mcp_config_change/);
  await page.keyboard.type("two");
  await expect(page).toHaveURL(/server=two/);
  await expect(page.getByText("Definition added")).toHaveCount(1);
});

test("settings are changed and come back", async ({ page }) => {
  await home(page);
  await press(page, "g", "i");
  await tabTo(page, "Down after");
  await press(page, "Control+a");
  await page.keyboard.type("5");
  await press(page, "Enter");
  await expect(page.getByText("Saved; obeyed from now on.")).toBeVisible();
  expect(await monitor.call("GET", "config/health_check")).toMatchObject({ fail_after: 5 });
});

test("rows are walked through, a check is made, the menu of a row, the beats", async ({ page }) => {
  await home(page);
  await expect(row(page, "one")).toBeVisible();
  await press(page, "j", "j", "r");
  await expect(row(page, "three").getByRole("status")).toContainText(/ms$/);
  await press(page, "k");
  await expect(row(page, "one").getByRole("link", { name: "one" })).toBeFocused();
  await tabTo(page, /^The last/);
  await press(page, "ArrowLeft", "Home");
  await expect(row(page, "one").getByRole("status").filter({ hasText: "Healthy" })).toBeVisible();
  await tabTo(page, "More for one");
  await press(page, "Enter");
  await expect(page.getByRole("menuitem", { name: "Check now" })).toBeFocused();
  await press(page, "d");
  await expect(page.getByRole("menuitem", { name: "Disable" })).toBeFocused();
  await press(page, "Enter");
  await expect(health(page, "one", "Disabled")).toBeVisible();
  await tabTo(page, "Undo");
  await press(page, "Enter");
  await expect(health(page, "one", "Healthy")).toBeVisible();
});

test("the palette does things, and the focus comes back to where it was", async ({ page }) => {
  await home(page);
  await press(page, "Control+k");
  await page.keyboard.type("disable two");
  await press(page, "Enter");
  await expect(health(page, "two", "Disabled")).toBeVisible();
  await press(page, "Control+k");
  await page.keyboard.type("enable two");
  await press(page, "Enter");
  await expect(health(page, "two", "Healthy")).toBeVisible();
  await tabTo(page, /^Find anything/);
  await press(page, "Enter");
  await expect(page.getByRole("combobox")).toBeFocused();
  await press(page, "Escape");
  await expect(page.getByRole("button", { name: /^Find anything/ })).toBeFocused();
});

test("keys are listed, the theme changes, single keys can be turned off", async ({ page }) => {
  await home(page);
  await press(page, "?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await press(page, "Escape", "t");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await press(page, "t");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await tabTo(page, /Language and more/);
  await press(page, "Enter", "s");
  await expect(page.getByRole("menuitemcheckbox", { name: "Single keys" })).toBeFocused();
  await press(page, "Enter", "Escape", "t");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
