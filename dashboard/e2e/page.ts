import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";

/** Where things are on the page, by the words that people read. */

export const row = (page: Page, name: string) => page.locator(`[data-row="${name}"]`);
export const health = (page: Page, name: string, word: string) =>
  row(page, name).getByRole("img", { name: word, exact: true });
export const tile = (page: Page, word: string) =>
  page.getByRole("group", { name: "Filter by health" }).getByRole("button", { name: word });
export const toasts = (page: Page) => page.locator("section[aria-label='What happened'] > div");
export const live = (page: Page) => page.getByRole("banner").getByText("live", { exact: true });
/** The sentence on top of a server's page. */
export const verdict = (page: Page, text: string) => page.getByRole("main").getByText(text, { exact: true });

/** Faults of the page itself, and what its policy refused, fail the test. */
export function watched(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource|WebSocket/.test(message.text()))
      faults.push(message.text());
  });
  return faults;
}

/** Picks an item of the menu behind a row or a server's page. */
export async function menu(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `More for ${name}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** Presses Tab until the element has the focus: what cannot be reached so is out of a keyboard's reach. */
export async function tabTo(page: Page, name: RegExp | string, role?: string): Promise<void> {
  const matches = (text: string) => (typeof name === "string" ? text === name : name.test(text));
  const seen: string[] = [];
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(() => {
      const at = document.activeElement as HTMLInputElement | null;
      const label = at?.getAttribute("aria-label") ?? at?.labels?.[0]?.textContent ?? at?.textContent ?? "";
      return { text: label.trim(), role: at?.getAttribute("role") ?? at?.tagName.toLowerCase() ?? "" };
    });
    if (matches(focus.text) && (!role || role === focus.role)) return;
    seen.push(focus.text);
  }
  expect(seen, `reached by Tab: ${name}`).toContain(String(name));
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Axe {
  run(options?: object): Promise<{
    violations: Array<{ id: string; impact: string; nodes: Array<{ html: string; failureSummary: string }> }>;
  }>;
}

/** What axe finds serious or critical. The page needs `bypassCSP`: our policy lets no foreign script in. */
export async function serious(page: Page): Promise<string[]> {
  // What fades in is half transparent for a moment.
  await page.waitForTimeout(350);
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations
      .filter((each) => each.impact === "serious" || each.impact === "critical")
      .flatMap((each) =>
        each.nodes
          .slice(0, 3)
          .map(
            (node) => `${each.id}: ${node.html.slice(0, 140)} ${node.failureSummary.split("\n")[1] ?? ""}`,
          ),
      );
  });
}

/** Whether the page is wider than its window. */
export const sideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
