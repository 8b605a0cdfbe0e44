import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { Monitor } from "../e2e/monitor";

/**
 * Pictures of every screen for the documentation, in light, in dark and on a phone: `npm run screenshots`.
 *
 * They show the packaged monitor with its demo fleet, after some minutes of its story. The monitors run on ports
 * and data folders of their own and are ended afterwards. PHAROS_SHOTS=servers,server takes only those, PHAROS_STORY=60
 * lets the demo run for 60 s before.
 */

const IMAGES = fileURLToPath(new URL("../../docs/images/", import.meta.url));
/** Seconds that the demo runs before: long enough for outages, changes and a chart. */
const STORY = Number(process.env.PHAROS_STORY ?? 300);
const MOST_BYTES = 4_000_000;

interface Shot {
  name: string;
  path: string;
  act?: (page: Page) => Promise<unknown>;
  from?: "empty" | "guarded";
  /** Scrolls to this heading first. */
  at?: string;
}

const CONFIG = {
  mcpServers: {
    weather: { url: "http://127.0.0.1:18191/mcp" },
    billing: { url: "https://billing.example.com/mcp", headers: { Authorization: "Bearer demo-token" } },
    files: { command: "npx", args: ["-y", "@modelcontextprotocol/server-filesystem", "/srv/files"] },
  },
};

const addressOf = async (monitor: Monitor, name: string) =>
  ((await monitor.call("GET", `servers/${name}`)) as { url: string }).url;

const shots = (address: string): Shot[] => [
  { name: "servers", path: "" },
  { name: "tiles", path: "?view=tiles" },
  {
    name: "palette",
    path: "",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByRole("combobox").fill("we");
    },
  },
  {
    name: "server",
    path: "servers/flaky?range=1h",
    act: async (page) => {
      await expect(page.locator(".uplot canvas").first()).toBeVisible();
      await page.getByRole("button", { name: /^Why/ }).click();
    },
  },
  {
    name: "latency",
    path: "servers/weather?range=1h",
    at: "Latency",
  },
  {
    name: "check",
    path: "servers/vault?range=1h",
    act: async (page) => {
      await page.getByRole("button", { name: "Check now" }).click();
      await expect(
        page.getByRole("region", { name: "What the check saw" }).getByRole("rowheader"),
      ).not.toHaveCount(0);
    },
  },
  {
    name: "tools",
    path: "servers/weather?tab=capabilities",
    act: async (page) => {
      await page.locator("summary", { hasText: "get_forecast" }).first().click();
      await page.getByRole("button", { name: "Call…" }).first().click();
      await page.getByLabel("place required").first().fill("Ulm");
      await page.getByRole("button", { name: "Call it" }).click();
      const sure = page.getByRole("button", { name: "Call it all the same" });
      const answer = page.getByText("Answered");
      await expect(sure.or(answer)).toBeVisible();
      if (await sure.isVisible()) await sure.click();
      await expect(answer).toBeVisible();
      await page
        .locator("summary", { hasText: "get_forecast" })
        .first()
        .evaluate((each) => scrollBy(0, each.getBoundingClientRect().top - 64));
    },
  },
  { name: "changes", path: "servers/drifting?tab=changes" },
  { name: "edit", path: "servers/vault?tab=settings" },
  {
    name: "add",
    path: "add",
    act: async (page) => {
      await page.getByRole("textbox", { name: "What shall be watched?" }).fill(address);
      await expect(page.getByText(/^MCP 20/)).toBeVisible();
    },
  },
  {
    name: "import",
    path: "add?what=file",
    act: async (page) => {
      await page.getByRole("textbox", { name: /Paste/ }).fill(JSON.stringify(CONFIG, null, 2));
      await expect(page.getByText(/new servers?/).first()).toBeVisible();
      await page.getByRole("textbox", { name: /Paste/ }).evaluate((each) => each.scrollTo(0, 0));
    },
  },
  { name: "journal", path: "journal" },
  { name: "settings", path: "settings" },
  { name: "about", path: "settings", at: "About this monitor" },
  { name: "first-run", path: "", from: "empty" },
  { name: "login", path: "", from: "guarded" },
];

const LOOKS = [
  { name: "light", colorScheme: "light", viewport: { width: 1280, height: 800 }, phone: false },
  { name: "dark", colorScheme: "dark", viewport: { width: 1280, height: 800 }, phone: false },
  { name: "phone", colorScheme: "light", viewport: { width: 390, height: 780 }, phone: true },
] as const;

async function take(browser: Browser, look: (typeof LOOKS)[number], url: string, shot: Shot): Promise<void> {
  const context = await browser.newContext({
    colorScheme: look.colorScheme,
    viewport: look.viewport,
    hasTouch: look.phone,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(url + shot.path);
  await expect(page.getByRole("main")).not.toBeEmpty();
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
  // Charts and lists come after the frame.
  await page.waitForTimeout(1_200);
  await shot.act?.(page);
  if (shot.at)
    await page
      .getByRole("heading", { name: shot.at })
      .evaluate((each) => each.closest("section")?.scrollIntoView());
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(IMAGES, `${shot.name}-${look.name}.png`), caret: "hide" });
  await context.close();
}

test("every screen, in light, in dark and on a phone", async ({ browser }) => {
  test.setTimeout((STORY + 300) * 1_000);
  mkdirSync(IMAGES, { recursive: true });
  const monitors = await Promise.all([
    Monitor.start({}, ["--demo"]),
    Monitor.start(),
    Monitor.start({ PHAROS_ADMIN_PASSWORD: "of no consequence" }),
  ]);
  const [demo, empty, guarded] = monitors;
  try {
    await new Promise((resolve) => setTimeout(resolve, STORY * 1_000));
    const urls = { demo: demo.url, empty: empty.url, guarded: guarded.url };
    const only = process.env.PHAROS_SHOTS;
    for (const shot of shots(await addressOf(demo, "search"))) {
      if (only && !only.split(",").includes(shot.name)) continue;
      for (const look of LOOKS) await take(browser, look, urls[shot.from ?? "demo"], shot);
    }
  } finally {
    await Promise.all(monitors.map((each) => each.end()));
  }
  const bytes = readdirSync(IMAGES)
    .filter((each) => each.endsWith(".png"))
    .reduce((sum, each) => sum + statSync(join(IMAGES, each)).size, 0);
  console.log(`${Math.round(bytes / 1_000)} kB of pictures in docs/images`);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
