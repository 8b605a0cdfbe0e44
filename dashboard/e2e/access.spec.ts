import { expect, test } from "@playwright/test";
import { clientConfig, fleet, type ToyServer } from "./fleet";
import { Monitor } from "./monitor";
import { health, live, row } from "./page";

const PASSWORD = "an unlikely password";

test("a password guards everything; out again, nothing is left on screen", async ({ page }) => {
  const monitor = await Monitor.start({ PHAROS_ADMIN_PASSWORD: PASSWORD });
  await page.goto(`${monitor.url}journal`);
  const password = page.getByLabel("Administrator's password");
  await expect(password).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toHaveText("Enter the password.");
  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).not.toHaveText(/^(Enter the password\.)?$/);
  await password.fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Journal" })).toBeVisible();
  await expect(live(page)).toBeVisible();

  // What changes something needs the token of this login: it works as without a password.
  await page.goto(`${monitor.url}add`);
  await page.getByRole("textbox", { name: "What shall be watched?" }).fill("http://127.0.0.1:1/mcp");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("nobody");
  await page.getByRole("button", { name: "Save and watch" }).click();
  await expect(row(page, "nobody")).toBeVisible();

  await page.getByRole("button", { name: /Language and more/ }).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await expect(password).toBeVisible();
  await expect(row(page, "nobody")).toHaveCount(0);
  await page.goto(`${monitor.url}servers/nobody`);
  await expect(password).toBeVisible();
  await monitor.end();
});

test.describe("where WebSockets are blocked", () => {
  let monitor: Monitor;
  let servers: Map<string, ToyServer>;

  test.beforeAll(async () => {
    [monitor, servers] = await Promise.all([Monitor.start(), fleet(["one", "two"])]);
    await monitor.call("POST", "import", clientConfig(servers));
  });

  test.afterAll(async () => {
    await monitor?.end();
    for (const each of servers?.values() ?? []) each.kill();
  });

  test("the page polls, says so, and figures still move", async ({ page }) => {
    await page.routeWebSocket(/\/ws/, (socket) => void socket.close());
    await page.goto(monitor.url);
    await expect(page.getByText("polling", { exact: true })).toBeVisible({ timeout: 20_000 });
    await expect(page.locator("[data-stale=true]")).toHaveCount(0);
    await expect(health(page, "one", "Healthy")).toBeVisible();
    servers.get("one")?.kill();
    await expect(health(page, "one", "Down")).toBeVisible();
    await servers.get("one")?.start();
    await expect(health(page, "one", "Healthy")).toBeVisible({ timeout: 20_000 });
  });

  test("nobody answers at all: every screen greys its figures and says since when", async ({ page }) => {
    const go = async (link: string) => {
      await page.getByRole("link", { name: link, exact: true }).first().click();
      await expect(page.locator(".stale-able").first()).toBeVisible();
    };
    const screens = ["two", "Journal", "Settings", "Servers"];
    await page.goto(monitor.url);
    await expect(live(page)).toBeVisible();
    for (const each of screens) await go(each);
    await monitor.kill();
    await expect(page.getByText(/Everything here is as of \d/)).toBeVisible();
    for (const each of screens) {
      await go(each);
      await expect(page.getByText(/Everything here is as of \d/)).toBeVisible();
      for (const figures of await page.locator(".stale-able:visible").all())
        await expect.soft(figures, each).toHaveCSS("opacity", "0.45");
    }
    await row(page, "two").getByRole("button", { name: "Check two now" }).click({ force: true });
    await expect(page.getByText("The monitor does not answer now.")).toBeVisible();
    const figures = page.locator(".stale-able").first();
    await monitor.run();
    await expect(live(page)).toBeVisible({ timeout: 30_000 });
    await expect(figures).toHaveCSS("opacity", "1");
  });
});
