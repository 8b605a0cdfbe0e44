import { expect, type Page, test } from "@playwright/test";
import { clientConfig, ECHO, fleet, type ToyServer } from "./fleet";
import { Monitor } from "./monitor";
import { live, menu, serious, sideways } from "./page";

// Every screen in every look: axe, no sideways scrolling, health never by colour alone.

const NAMES = ["fine", "fine-too", "slow", "locked", "off", "repaired"];

let monitor: Monitor;
let guarded: Monitor;
let empty: Monitor;
let servers: Map<string, ToyServer>;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  [monitor, guarded, empty, servers] = await Promise.all([
    Monitor.start(),
    Monitor.start({ PHAROS_ADMIN_PASSWORD: "an unlikely password" }),
    Monitor.start(),
    fleet(NAMES),
  ]);
  const toy = (name: string) => servers.get(name) as ToyServer;
  toy("slow").mode = "slow";
  toy("locked").mode = "wants-token";
  toy("fine").tools.push(ECHO);
  await monitor.call("POST", "import", clientConfig(servers));
  const change = (name: string, body: object) =>
    monitor.call("PATCH", `servers/${name}`, JSON.stringify(body));
  await change("slow", { overrides: { slow_after_ms: 100 }, tags: ["prod", "eu"] });
  await change("fine", { description: "The one that is always well.", tags: ["prod"] });
  await change("repaired", { maintenance: true });
  await monitor.call("POST", "servers/off/disable");
  await change("locked", { overrides: { failure_threshold: 2, auto_disable_enabled: false } });
  for (let i = 0; i < 3; i++)
    for (const name of ["locked", "slow", "fine"]) await monitor.call("POST", `servers/${name}/check`);
  toy("fine").tools.pop();
  await monitor.call("POST", "servers/fine/check");
  toy("fine").tools.push(ECHO);
  await monitor.call("POST", "servers/fine/check");
});

test.afterAll(async () => {
  await Promise.all([monitor?.end(), guarded?.end(), empty?.end()]);
  for (const each of servers?.values() ?? []) each.kill();
});

interface Screen {
  name: string;
  /** Where; undefined: one goes on from the screen before. */
  path?: string;
  act?: (page: Page) => Promise<unknown>;
  /** Only where there is room for it. */
  wide?: true;
}

const SCREENS: readonly Screen[] = [
  { name: "home", path: "" },
  {
    name: "home, dense",
    act: (page) => page.getByRole("button", { name: "Dense rows" }).click(),
    wide: true,
  },
  { name: "columns", act: (page) => page.getByRole("button", { name: "Columns" }).click(), wide: true },
  {
    name: "beat",
    path: "?q=locked",
    act: (page) =>
      page
        .getByRole("img", { name: /^The last/ })
        .first()
        .hover(),
  },
  { name: "row menu", path: "", act: (page) => page.getByRole("button", { name: "More for slow" }).click() },
  { name: "undo", path: "", act: (page) => menu(page, "fine-too", "Delete") },
  { name: "undone", act: (page) => page.getByRole("button", { name: "Undo" }).click() },
  { name: "tiles", path: "?view=tiles", wide: true },
  { name: "filtered to nothing", path: "?q=nothing-like-that&health=unhealthy" },
  {
    name: "toast",
    path: "",
    act: async (page) => {
      servers.get("fine-too")?.kill();
      await expect(page.getByText("fine-too: Healthy → Down").first()).toBeVisible();
    },
  },
  {
    name: "drawer",
    act: async (page) => {
      await servers.get("fine-too")?.start();
      await page.getByRole("button", { name: /^What happened/ }).click();
    },
  },
  { name: "palette", path: "", act: (page) => page.keyboard.press("Control+k") },
  { name: "keys", path: "", act: (page) => page.keyboard.press("?") },
  {
    name: "language and more",
    path: "",
    act: (page) => page.getByRole("button", { name: /Language and more/ }).click(),
  },
  { name: "server, well", path: "servers/fine" },
  {
    name: "server, checked now",
    act: async (page) => {
      await page.getByRole("button", { name: "Check now" }).click();
      await expect(
        page.getByRole("region", { name: "What the check saw" }).getByRole("rowheader").first(),
      ).toBeVisible();
    },
  },
  { name: "server, why", act: (page) => page.getByRole("button", { name: /^Why/ }).click() },
  { name: "server, down", path: "servers/locked", act: (page) => page.locator("ol summary").first().click() },
  { name: "server, degraded, week", path: "servers/slow?range=7d" },
  { name: "server, maintenance", path: "servers/repaired" },
  {
    name: "capabilities",
    path: "servers/fine?tab=capabilities",
    act: async (page) => {
      await page.getByText("Says what it is told.").click();
      await page.getByRole("button", { name: "Call…" }).click();
      await page.getByLabel("text required").fill("sesame");
      await page.getByRole("button", { name: "Call it" }).click();
    },
  },
  { name: "changes", path: "servers/fine?tab=changes" },
  { name: "server settings", path: "servers/fine?tab=settings" },
  {
    name: "server settings, wrong",
    act: async (page) => {
      await page.getByLabel("Address", { exact: true }).fill("nowhere");
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.locator("[aria-invalid=true]")).not.toHaveCount(0);
    },
  },
  { name: "no such server", path: "servers/nobody" },
  { name: "add", path: "add" },
  {
    name: "add, found",
    act: async (page) => {
      await page
        .getByRole("textbox", { name: "What shall be watched?" })
        .fill(servers.get("fine")?.url ?? "");
      await expect(page.getByText("MCP 2025-11-25")).toBeVisible();
    },
  },
  {
    name: "import",
    path: "add?what=file",
    act: async (page) => {
      await page.getByRole("textbox", { name: /Paste/ }).fill(clientConfig(servers));
      await expect(page.getByText(/stay as they are|change/).first()).toBeVisible();
    },
  },
  { name: "journal", path: "journal" },
  {
    name: "settings and about",
    path: "settings",
    act: (page) => expect(page.getByText("Lateness")).toBeVisible(),
  },
];

/** What stands beside a colour: each sign of health is a picture with a name, or has words beside it. */
const nameless = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("[data-row]")]
      .filter((each) => !each.querySelector('[role="img"][aria-label]'))
      .map((each) => each.getAttribute("data-row")),
  );

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`every screen: ${colorScheme}, ${width} pixels wide`, async ({ browser }) => {
      test.setTimeout(180_000);
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 844 },
        // axe is a script of another's; all else here is done without.
        bypassCSP: true,
        hasTouch: width < 500,
      });
      const page = await context.newPage();
      const look = async (name: string) => {
        expect.soft(await serious(page), name).toEqual([]);
        expect.soft(await sideways(page), `${name} scrolls sideways`).toBe(false);
        expect.soft(await nameless(page), `${name} has health without a name`).toEqual([]);
      };
      for (const screen of SCREENS) {
        if (screen.wide && width < 500) continue;
        if (screen.path !== undefined) {
          await page.goto(monitor.url + screen.path);
          await expect(live(page)).toBeAttached();
          await expect(page.getByRole("main")).not.toBeEmpty();
          await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
        }
        await screen.act?.(page);
        await look(screen.name);
      }
      await page.goto(empty.url);
      await expect(page.getByText("No servers are watched yet")).toBeVisible();
      await look("first run");
      await page.goto(guarded.url);
      await page.getByLabel("Administrator's password").fill("wrong");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("alert")).not.toBeEmpty();
      await look("login");
      await context.close();
    });
  }
}

test("moods have shapes of their own, so that no colour is needed to tell them apart", async ({ page }) => {
  await page.goto(monitor.url);
  const moods = page.locator("[data-row] [role=img][aria-label]:not([tabindex])");
  await expect(moods.first()).toBeVisible();
  const shapes = await moods.evaluateAll((icons) =>
    icons.map((each) => [each.getAttribute("aria-label") ?? "", each.innerHTML] as const),
  );
  const byName = new Map(shapes);
  expect([...byName.keys()].sort()).toEqual(["Degraded", "Disabled", "Down", "Healthy", "Maintenance"]);
  expect(new Set(byName.values()).size).toBe(byName.size);
});

test("who wants no motion gets none", async ({ browser }) => {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(monitor.url);
  await expect(live(page)).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  const long = await page.evaluate(() =>
    document
      .getAnimations()
      .filter((each) => Number(each.effect?.getComputedTiming().duration) > 100)
      .map((each) => (each.effect as KeyframeEffect).target?.outerHTML.slice(0, 200) ?? "")
      // What turns says that a check is running: it stays, and turns slowly.
      .filter((each) => !each.includes("animate-spin")),
  );
  expect(long).toEqual([]);
  await context.close();
});
