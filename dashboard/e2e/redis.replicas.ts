import { type Browser, expect, type Page, test } from "@playwright/test";
import { health, live, row, toasts, watched } from "./page";

// A browser at each of two replicas while their Redis is stopped. RedisBrowsersIT of the server starts all that,
// tells where it is, and takes orders.

interface Told {
  replicas: Array<{ url: string; servers: number[] }>;
  orders: string;
}

interface Seat {
  page: Page;
  faults: string[];
  /** A server that this page's own replica looks at, and one that the other does. */
  own: string;
  other: string;
}

const told = JSON.parse(process.env.PHAROS_REPLICAS ?? "{}") as Told;

async function order(text: string): Promise<void> {
  const answer = await fetch(told.orders, { method: "POST", body: text });
  expect(answer.status).toBe(204);
}

async function sit(browser: Browser, at: number): Promise<Seat> {
  const page = await browser.newPage();
  const faults = watched(page);
  await page.goto(told.replicas[at]?.url ?? "");
  await expect(live(page)).toBeVisible();
  // The last ones: the first are broken meanwhile.
  const last = (which: number) => `server-${told.replicas[which]?.servers.at(-1)}`;
  return { page, faults, own: last(at), other: last(1 - at) };
}

const bar = (page: Page) =>
  page.getByRole("status").filter({ hasText: "what other nodes see between two changes is shown late" });
const screen = (page: Page) => page.locator("[data-stale]");
const lastCheck = (page: Page, name: string) => row(page, name).locator("time").first();
const checkedAt = async (page: Page, name: string) =>
  (await lastCheck(page, name).getAttribute("datetime")) ?? "";

/** Until a further look at it is on the page. */
async function moves(page: Page, name: string): Promise<void> {
  const before = await checkedAt(page, name);
  expect(before).not.toBe("");
  await expect.poll(() => checkedAt(page, name)).not.toBe(before);
}

test("while Redis is away both pages say so, move on with what their own replica sees, and hear of every change", async ({
  browser,
}) => {
  const seats = [await sit(browser, 0), await sit(browser, 1)];
  for (const { page, own, other } of seats) {
    await expect(page.locator("[data-row]")).toHaveCount(12);
    await moves(page, own);
    await moves(page, other);
    await expect(screen(page)).toHaveAttribute("data-stale", "false");
  }

  await order("redis stop");
  for (const { page } of seats) {
    await expect(bar(page)).toContainText(/Redis.*: .* \(\d+ s\)/);
    await expect(screen(page)).toHaveAttribute("data-stale", "true");
    await expect(live(page)).toBeHidden();
  }
  for (const { page, own, other } of seats) {
    const before = await checkedAt(page, other);
    await moves(page, own);
    await moves(page, own);
    expect(await checkedAt(page, other)).toBe(before);
  }

  const flipping = told.replicas.map((each) => each.servers[0]);
  for (const each of flipping) await order(`${each} down`);
  for (const { page } of seats) {
    for (const each of flipping) {
      await expect(health(page, `server-${each}`, "Down")).toBeVisible({ timeout: 5_000 });
    }
    await expect(toasts(page).filter({ hasText: "server-" }).first()).toBeVisible();
  }
  for (const each of flipping) await order(`${each} none`);
  for (const { page } of seats) {
    for (const each of flipping) {
      await expect(health(page, `server-${each}`, "Healthy")).toBeVisible({ timeout: 5_000 });
    }
    await expect(bar(page)).toBeVisible();
  }

  await order("redis start");
  for (const { page, own, other, faults } of seats) {
    await expect(bar(page)).toBeHidden({ timeout: 20_000 });
    await expect(screen(page)).toHaveAttribute("data-stale", "false");
    await expect(live(page)).toBeVisible();
    await moves(page, other);
    await moves(page, own);
    await expect(page.getByRole("img", { name: "Healthy", exact: true })).toHaveCount(12);
    expect(faults).toEqual([]);
  }
});
